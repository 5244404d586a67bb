import { expect, inject, it } from 'vitest'
import { dropConnections } from '../testing/socket/connection-cycles.js'

it('2,000 sockets and streams that drop at every stage leave nothing behind', async () => {
  expect(await dropConnections(inject('template'), 2_000)).toEqual([])
}, 120_000)
