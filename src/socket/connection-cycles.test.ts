import { expect, inject, it } from 'vitest'
import { dropConnections } from '../testing/socket/connection-cycles.js'

it('200 sockets and streams that drop at every stage leave nothing behind', async () => {
  expect(await dropConnections(inject('template'), 200)).toEqual([])
})
