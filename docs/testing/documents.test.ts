import { isCommand, isOfFirstMinutes } from './read-examples.js'
import { testExamples } from './run-examples.js'

// The commands of the guides start programs by the dozen, and the demo a whole network: documents.long.test.ts runs them.
testExamples(
  ['README.md', 'docs/frontend.md', 'docs/owners.md', 'docs/validators.md', 'docs/operators.md', 'docs/protocol.md'],
  (example) => !isCommand(example) || isOfFirstMinutes(example),
)
