import { isCommand } from './read-examples.js'
import { testExamples } from './run-examples.js'

testExamples(
  ['docs/frontend.md', 'docs/owners.md', 'docs/validators.md', 'docs/operators.md', 'docs/protocol.md'],
  isCommand,
)
