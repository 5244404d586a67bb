import { describe, expect, it } from 'vitest'
import { RATES } from '../limits.js'
import { readSettings } from './read-settings.js'

function faultsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    return (error as Error).message.split('\n').slice(1)
  }
}

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(readSettings({})).toEqual({
      port: 8081,
      host: '::',
      databaseUrl: null,
      dataDir: './data',
      origins: [],
      publicUrl: null,
      trustProxy: null,
      corsOrigins: [],
      roundCron: '* * * * *',
      roundDeadlineMs: null,
      roundSpreadMs: null,
      tickRewardLamports: 100n,
      tickRetentionDays: 7,
      verdictRetentionDays: 90,
      rollupRetentionDays: null,
      registration: 'closed',
      keysPerNetworkMax: null,
      allowPrivateTargets: false,
      targetPorts: [80, 443, 3000, 5000, 8000, 8008, 8080, 8081, 8443, 8880, 8888, 9443],
      hostBudget: null,
      requireOwnership: false,
      waitingTicksMax: 50_000,
      databaseConnections: 10,
      databaseWaitMs: 60_000,
      connectionsMax: 10_000,
      rates: RATES,
      messageMaxBytes: 1_048_576,
      answerMaxBytes: 4_194_304,
      outgoingMaxBytes: 8_388_608,
      diskFreeMinBytes: 268_435_456,
      documentLimits: { depth: 15, aliases: 100, directives: 50, cost: 100_000, mutations: 20 },
      documentTokensMax: 4_000,
      introspection: true,
      logLevel: 'info',
    })
  })

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '', OVERLAPS_ORIGINS: '' })).toEqual(readSettings({}))
  })

  it('reads what is set', () => {
    const environment = {
      PORT: '0',
      DATABASE_URL: 'postgres://ada:secret@db.example/overlaps',
      OVERLAPS_ORIGINS: 'https://hub.example, http://10.0.0.1:8081',
      OVERLAPS_TICK_REWARD: '999999999999999',
      OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
    }
    expect(readSettings(environment)).toMatchObject({
      port: 0,
      databaseUrl: 'postgres://ada:secret@db.example/overlaps',
      origins: ['https://hub.example', 'http://10.0.0.1:8081'],
      tickRewardLamports: 999_999_999_999_999n,
      allowPrivateTargets: true,
    })
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['DATABASE_URL', 'mysql://db'],
    ['OVERLAPS_ORIGINS', 'hub.example'],
    ['OVERLAPS_ROUND_CRON', 'often'],
    ['OVERLAPS_ROUND_DEADLINE_MS', '0'],
    ['OVERLAPS_ROUND_DEADLINE_MS', '60000'],
    ['OVERLAPS_ROUND_SPREAD_MS', '44900'],
    ['OVERLAPS_TICK_REWARD', '1e3'],
    ['OVERLAPS_TICK_RETENTION_DAYS', '0'],
    ['OVERLAPS_REGISTRATION', 'maybe'],
    ['OVERLAPS_MAX_KEYS_PER_NETWORK', '0'],
    ['OVERLAPS_ALLOW_PRIVATE_TARGETS', 'yes'],
    ['OVERLAPS_TARGET_PORTS', 'all'],
    ['OVERLAPS_TARGET_PORTS', '443,'],
    ['OVERLAPS_TARGET_PORTS', '65536'],
    ['OVERLAPS_HOST_BUDGET', '0'],
    ['OVERLAPS_REQUIRE_OWNERSHIP', 'yes'],
    ['OVERLAPS_WAITING_TICKS_MAX', '499'],
    ['OVERLAPS_DATABASE_CONNECTIONS', '1'],
    ['OVERLAPS_MESSAGE_MAX_BYTES', '524287'],
    ['OVERLAPS_MESSAGE_MAX_BYTES', '1MB'],
    ['OVERLAPS_OUTGOING_MAX_BYTES', '0'],
    ['OVERLAPS_TRUST_PROXY', '0'],
    ['OVERLAPS_TRUST_PROXY', '21'],
    ['OVERLAPS_TRUST_PROXY', 'everybody'],
    ['OVERLAPS_TRUST_PROXY', '10.0.0.0/33'],
    ['OVERLAPS_TRUST_PROXY', 'loopback,'],
    ['OVERLAPS_CORS_ORIGINS', '*'],
    ['OVERLAPS_PUBLIC_URL', 'hub.example'],
    ['OVERLAPS_PUBLIC_URL', 'ws://hub.example'],
    ['OVERLAPS_PUBLIC_URL', 'https://hub.example/overlaps'],
    ['OVERLAPS_PUBLIC_URL', 'https://hub.example/#x'],
    ['OVERLAPS_CONNECTIONS_MAX', '99'],
    ['OVERLAPS_RATE_LOG_INS_PER_MINUTE', '0'],
    ['OVERLAPS_LOG_LEVEL', 'loud'],
    ['OVERLAPS_TICK_REWAD', '5'],
  ])('refuses %s=%s by its name', (name, value) => {
    const faults = faultsOf({ [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]?.trim()).toMatch(new RegExp(`^${name}: (expected|there is no such)`))
  })

  it.each([
    ['https://Hub.example/', 'https://hub.example'],
    ['http://10.0.0.1:8081', 'http://10.0.0.1:8081'],
  ])('reads OVERLAPS_PUBLIC_URL=%s', (text, publicUrl) => {
    expect(readSettings({ OVERLAPS_PUBLIC_URL: text })).toMatchObject({ publicUrl })
  })

  it.each([
    ['443', [443]],
    ['9000, 443,443', [443, 9000]],
    ['any', 'ANY'],
  ])('reads OVERLAPS_TARGET_PORTS=%s', (text, targetPorts) => {
    expect(readSettings({ OVERLAPS_TARGET_PORTS: text })).toMatchObject({ targetPorts })
  })

  it.each([
    ['2', 2],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::1', ['10.0.0.0/8', '2001:db8::1']],
  ])('reads OVERLAPS_TRUST_PROXY=%s', (text, trustProxy) => {
    expect(readSettings({ OVERLAPS_TRUST_PROXY: text })).toMatchObject({ trustProxy })
  })

  it('lets as many challenges as signups pass, and some more', () => {
    const { rates } = readSettings({ OVERLAPS_RATE_SIGNUPS_PER_MINUTE: '7' })
    expect(rates).toEqual({ ...RATES, SIGNUPS: 7, CHALLENGES: 28 })
  })

  it('tells every fault at once, those of the rounds too', () => {
    const faults = faultsOf({ PORT: 'x', OVERLAPS_ROUND_CRON: 'often', OVERLAPS_REWARD: '1' })
    expect(faults.map((line) => line.trim().split(':')[0])).toEqual(['PORT', 'OVERLAPS_REWARD', 'OVERLAPS_ROUND_CRON'])
  })

  it('repeats no database URL: it may hold a password', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://ada:secret@db' }).join()).not.toContain('secret')
  })

  it('lets pass what it is told that others read', () => {
    expect(readSettings({ OVERLAPS_HUB: 'x', OVERLAPS_LABEL: 'x' }, ['OVERLAPS_HUB', 'OVERLAPS_LABEL'])).toEqual(
      readSettings({}),
    )
  })
})
