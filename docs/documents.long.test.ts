import { isCommand } from './testing/read-examples.js'
import { testExamples } from './testing/test-examples.js'

testExamples(['docs/owners.md', 'docs/validators.md', 'docs/operators.md', 'docs/protocol.md'], isCommand)
