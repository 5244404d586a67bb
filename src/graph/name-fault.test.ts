import { expect, it } from 'vitest'
import { nameFault } from './name-fault.js'

it.each(['a', 'Shop 🛒', 'a'.repeat(200), ' padded ', '東京'])('takes %j', (name) => {
  expect(nameFault(name, 200)).toBeNull()
})

it.each(['', ' ', '\u3000', 'a'.repeat(201), 'a\nb', 'a\0', 'a\u007f', 'a\u2028b', 'half \ud83d', '\u001b[31mred'])(
  'refuses %j',
  (name) => {
    expect(nameFault(name, 200)).toMatch(/^name must .+\.$/)
  },
)
