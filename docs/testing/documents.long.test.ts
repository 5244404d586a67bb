import { isCommand, isOfFirstMinutes } from './read-examples.js'
import { testExamples } from './run-examples.js'

testExamples(
  ['README.md', 'docs/frontend.md', 'docs/owners.md', 'docs/validators.md', 'docs/operators.md', 'docs/protocol.md'],
  (example) => isCommand(example) && !isOfFirstMinutes(example),
)
