import { describe, expect, it } from 'vitest'
import { createKeyPair, signStatement } from '../protocol/sign-statement.js'
import { createLog } from './create-log.js'

const SIGNATURE = signStatement(createKeyPair(), 'x')

/** In both forms of the log. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  for (const form of ['JSON', 'PEOPLE'] as const) write(createLog('debug', form, (line) => lines.push(line)))
  return lines.join('\n')
}

describe('the log', () => {
  it.each([
    ['the code of a log-in link', 'ovc_KB-RvnW7h4Q_uH_7A6WAasgj8cpolACnRnk0lEPlvZA'],
    ['an owner token', 'ovo_KB-RvnW7h4Q_uH_7A6WAasgj8cpolACnRnk0lEPlvZA'],
    ['a session token', 'ovs_KB-RvnW7h4Q_uH_7A6WAasgj8cpolACnRnk0lEPlvZA'],
    ['the operator token', 'ovp_KB-RvnW7h4Q_uH_7A6WAasgj8cpolACnRnk0lEPlvZA'],
    ['a webhook secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['a signature', SIGNATURE],
    ['a signature in hex', Buffer.from(SIGNATURE, 'base64').toString('hex')],
    ['a key in base58', '2'.repeat(87)],
    ['a bearer header', 'Bearer abcdef123456'],
    ['a password in a URL', 'postgresql://hub:hunter2hunter2@db:5432/x'],
    ['a token in a URL', '/graphql?query=x&token=hunter2hunter2'],
    ['a password in a document', 'mutation { logIn(input: { email: "a@b.c", password: "hunter2hunter2" }) }'],
    ['a password in JSON', '{"newPassword":"hunter2hunter2"}'],
  ])('never shows %s, wherever it stands', (_what, text) => {
    const secret = /hunter2hunter2|abcdef123456/.exec(text)?.[0] ?? text
    const all = logged((log) => {
      log.info(text)
      log.info({ found: text, deep: { list: [text] } }, `it is\n${text}`)
      log.error({ error: new Error(`no: ${text}`, { cause: new Error(text) }) }, 'broken')
      log.fatal(new Error(text))
      log.fatal({ error: new AggregateError([new Error(text)], text) }, '%s', text)
    })
    expect(all).not.toContain(secret)
    expect(all).toContain('[Redacted]')
  })

  it.each([
    'token',
    'sessionToken',
    'password',
    'newPassword',
    'authorization',
    'signature',
    'secret',
    'secretKey',
    'seed',
    'cookie',
  ])('never shows what is named %s, however deep', (name) => {
    const all = logged((log) => log.info({ [name]: 'plain', variables: { input: [{ [name]: ['plain'] }] } }, 'x'))
    expect(all).not.toContain('plain')
  })

  it('tells an error by its words and its codes, not by what drivers hang on it', () => {
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'User_email_key',
      params: ['value'],
      detail: 'Key (email)=(value) already exists.',
      query: 'INSERT … value',
    })
    const [line = ''] = logged((log) => log.error({ error, bytes: Buffer.from('value') }, 'x')).split('\n')
    expect(JSON.parse(line)).toMatchObject({
      error: { type: 'Error', message: 'duplicate key', code: '23505', constraint: 'User_email_key' },
      bytes: '5 bytes',
    })
    expect(line).not.toContain('value')
  })

  it('keeps what is no secret, and ends what holds itself', () => {
    const round: Record<string, unknown> = { at: new Date(0), websiteCount: 7, tokenId: 'id', big: 7n, none: null }
    round['self'] = round
    const [line = ''] = logged((log) => log.info(round, 'round begun')).split('\n')
    expect(JSON.parse(line)).toMatchObject({
      level: 30,
      msg: 'round begun',
      at: '1970-01-01T00:00:00.000Z',
      websiteCount: 7,
      tokenId: 'id',
      big: '7',
      none: null,
    })
  })

  it('shows people a sentence, and of a bug its stack', () => {
    const lines: string[] = []
    const log = createLog('info', 'PEOPLE', (line) => lines.push(line))
    log.warn({ error: new Error('away') }, 'the database broke')
    log.fatal({ error: new Error('a bug') }, 'it stops')
    expect(lines[0]).toBe('warn: the database broke (away)')
    expect(lines[1]).toMatch(/^fatal: it stops\nError: a bug\n {4}at /)
  })
})
