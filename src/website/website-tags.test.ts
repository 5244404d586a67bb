import { describe, expect, it } from 'vitest'
import { changeTags, normaliseTags, tagsFaults } from './website-tags.js'

it('keeps tags trimmed, in lower case and each once, in the order in which they are given', () => {
  expect(normaliseTags([' Prod', 'EU west', 'prod ', 'a\u0308'])).toEqual(['prod', 'eu west', 'ä'])
})

describe('tagsFaults', () => {
  it.each([[[]], [['x'.repeat(50)]], [Array.from({ length: 20 }, (_, n) => `t${n}`)], [Array(40).fill('same')]])(
    'takes %j',
    (tags) => {
      expect(tagsFaults(tags)).toEqual([])
    },
  )

  it('names each tag that is wrong', () => {
    const faults = tagsFaults(['good', ' ', 'x'.repeat(51), 'a\nb', '\ud800'], 'addTags')
    expect(faults.map(({ field }) => field)).toEqual(['addTags[1]', 'addTags[2]', 'addTags[3]', 'addTags[4]'])
    expect(faults.every(({ reason, message }) => reason === 'INVALID_TAGS' && /^A tag must .+\.$/.test(message))).toBe(
      true,
    )
  })

  it('names the field where there are too many', () => {
    const many = Array.from({ length: 21 }, (_, n) => `t${n}`)
    expect(tagsFaults(many)).toEqual([
      { reason: 'INVALID_TAGS', field: 'tags', message: 'A website has at most 20 tags.' },
    ])
  })
})

it.each([
  [{}, ['a', 'b']],
  [{ tags: ['C'] }, ['c']],
  [{ addTags: ['B', 'c'] }, ['a', 'b', 'c']],
  [{ removeTags: [' A', 'x'] }, ['b']],
  [{ addTags: ['c'], removeTags: ['c', 'a'] }, ['b']],
])('%j makes of a and b: %j', (changes, tags) => {
  expect(changeTags(['a', 'b'], changes)).toEqual(tags)
})
