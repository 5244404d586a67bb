import { describe, expect, it } from 'vitest'
import { createPasswords } from './passwords.js'

const cheap = { ln: 4, r: 8, p: 1 }

describe('createPasswords', () => {
  it("keeps OWASP's cost with each hash, salted", async () => {
    const passwords = createPasswords()
    const kept = await passwords.hash('correct horse')
    expect(kept).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}==\$[\w+/]{43}=$/)
    expect(kept).not.toBe(await passwords.hash('correct horse'))
    expect(await passwords.verify(kept, 'correct horse')).toBe('right')
    expect(await passwords.verify(kept, 'correct hors')).toBe('wrong')
  })

  it('checks hashes of another cost', async () => {
    const kept = await createPasswords(cheap).hash('correct horse')
    const passwords = createPasswords({ ln: 5, r: 8, p: 2 })
    expect(await passwords.verify(kept, 'correct horse')).toBe('right')
    expect(await passwords.verify(kept, 'wrong')).toBe('wrong')
  })

  it('takes one password however it is composed', async () => {
    const passwords = createPasswords(cheap)
    expect(await passwords.verify(await passwords.hash('Schlüssel bund'), 'Schlu\u0308ssel bund')).toBe('right')
  })

  it('finds every password wrong where there is none', async () => {
    const passwords = createPasswords(cheap)
    expect(await passwords.verify(null, '')).toBe('wrong')
  })

  it('fails on a form that it does not know', async () => {
    await expect(createPasswords(cheap).verify('$argon2id$…', 'a')).rejects.toThrow(/form/)
  })

  it('turns a flood away and serves those after it', async () => {
    const passwords = createPasswords(cheap)
    const kept = await passwords.hash('correct horse')
    const flood = await Promise.all(Array.from({ length: 100 }, () => passwords.verify(null, 'x')))
    expect(flood.filter((verdict) => verdict === 'wrong')).toHaveLength(34)
    expect(flood.filter((verdict) => verdict === 'busy')).toHaveLength(66)
    expect(await passwords.verify(kept, 'correct horse')).toBe('right')
  })
})
