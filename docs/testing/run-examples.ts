import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeBuiltCopy, type BuiltCopy } from './built-copy.js'
import { startExampleHub, type ExampleHub } from './example-hub.js'
import { isCommand, readExamples, type Example } from './read-examples.js'
import { runCommand, runDocument } from './run-example.js'

/** Runs the examples of these documents that are chosen, each document's on a hub of its own. */
export function testExamples(documents: readonly string[], isChosen: (example: Example) => boolean): void {
  let copy: BuiltCopy
  beforeAll(async () => {
    copy = await makeBuiltCopy()
  })
  afterAll(() => copy.remove())

  describe.each(documents)('%s', async (document) => {
    const examples = (await readExamples(document)).filter(isChosen)
    let world: ExampleHub
    beforeAll(async () => {
      world = await startExampleHub(inject('template'))
    })
    afterAll(() => world.close())

    it.each(examples.map((example) => [example.name, example] as const))(
      'runs %s',
      async (_name, example) => {
        expect(await (isCommand(example) ? runCommand(example, world, copy) : runDocument(example, world))).toEqual([])
        expect(world.hub.errors).toEqual([])
      },
      120_000,
    )
  })
}
