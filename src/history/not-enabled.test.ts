import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'
import { deleteWebsite } from '../website/delete-website.js'
import { updateWebsite } from '../website/update-website.js'
import { findSwitches, notEnabledMs } from './not-enabled.js'

describe('notEnabledMs', () => {
  const on = (at: number) => ({ at, enabled: true })
  const off = (at: number) => ({ at, enabled: false })

  it.each([
    ['before it was registered', [on(30)], 30],
    ['while it is enabled', [on(-5)], 0],
    ['after it was disabled', [on(-5), off(60)], 40],
    ['in between', [on(-5), off(20), on(50), off(90)], 40],
    ['disabled all along', [on(-50), off(-20)], 100],
    ['enabled afterwards', [on(-50), off(-20), on(120)], 100],
    ['never heard of', [], 100],
    ['at its very ends', [on(0), off(100)], 0],
  ])('of [0, 100): %s', (_, switches, expected) => {
    expect(notEnabledMs(switches, { from: 0, to: 100 })).toBe(expected)
  })
})

describe('findSwitches', async () => {
  const parts = await createTestParts(inject('template'))
  const { clock, store } = parts
  afterAll(() => store.close())
  const ids: string[] = []
  const START = clock.now()

  beforeAll(async () => {
    const userId = await addTestUser(parts, 'owner@example.com')
    for (const name of ['a', 'b']) {
      const made = await createWebsite(parts, ownerActor(userId), {
        name,
        url: `https://${name}.example.com/`,
        enabled: name === 'a',
      })
      if (made.kind === 'created') ids.push(made.website.id)
    }
    const [a = '', b = ''] = ids
    clock.advance(1_000)
    await updateWebsite(parts, ownerActor(userId), { id: a, changes: { name: 'renamed', everyRounds: 2 } })
    clock.advance(1_000)
    await updateWebsite(parts, ownerActor(userId), { id: a, changes: { enabled: false } })
    await updateWebsite(parts, ownerActor(userId), { id: b, changes: { enabled: true } })
    clock.advance(1_000)
    await updateWebsite(parts, ownerActor(userId), { id: a, changes: { enabled: true } })
    clock.advance(1_000)
    await deleteWebsite(parts, ownerActor(userId), { id: a })
  })

  it('tells only what turned a website on or off', async () => {
    const [b, a, none] = await findSwitches(store, [
      String(ids[1]),
      String(ids[0]),
      '019ab000-0000-7000-8000-000000000000',
    ])
    expect(a).toEqual([
      { at: START, enabled: true },
      { at: START + 2_000, enabled: false },
      { at: START + 3_000, enabled: true },
      { at: START + 4_000, enabled: false },
    ])
    expect(b).toEqual([
      { at: START, enabled: false },
      { at: START + 2_000, enabled: true },
    ])
    expect(none).toEqual([])
  })
})
