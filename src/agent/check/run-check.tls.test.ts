import { describe, expect, test } from 'vitest'

import { serveHttp, serveHttps, serveRaw } from '../../testing/agent/check/loopback.js'
import { measure, verdictOf } from '../../testing/agent/check/measure.js'
import { DAY_MS } from '../../time.js'

const TRUSTED_EXPIRES_AT = Date.UTC(2125, 0, 1)

describe('a website with a certificate', () => {
  test('of an authority that is trusted is Good, by name and by address', async () => {
    const site = await serveHttps('trusted', (_, response) => response.end('hello'))
    const { measurement, certificate } = await measure(site.url('/', 'localhost'))
    expect(measurement).toMatchObject({
      status: 'Good',
      dnsUs: expect.any(Number),
      tlsUs: expect.any(Number),
      firstByteUs: expect.any(Number),
      certificateExpiresAt: '2125-01-01T00:00:00.000Z',
    })
    expect(certificate).toEqual({ subject: 'localhost', issuer: 'Overlaps test CA', expiresAt: TRUSTED_EXPIRES_AT })
    expect(await measure(site.url())).toMatchObject({ measurement: { status: 'Good', dnsUs: null } })
  })

  test('is asked by its name, without the dot of an absolute one', async () => {
    const names: unknown[] = []
    const site = await serveHttps('trusted', (request, response) => {
      names.push('servername' in request.socket ? request.socket.servername : null)
      response.end()
    })
    const resolveHost = async () => ['127.0.0.1']
    expect(await verdictOf(site.url('/', 'localhost.'), { resolveHost })).toBe('Good')
    expect(await verdictOf(site.url())).toBe('Good')
    expect(names).toEqual(['localhost', false])
  })

  test.each([
    ['expired', 'CERT_HAS_EXPIRED', '2021-01-01T00:00:00.000Z'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', '2125-01-01T00:00:00.000Z'],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID', '2125-01-01T00:00:00.000Z'],
  ] as const)('that is %s gets no request and shows its dates', async (name, detail, certificateExpiresAt) => {
    const site = await serveHttps(name, (_, response) => response.end())
    const { measurement } = await measure(site.url())
    expect(measurement).toMatchObject({ failure: 'TLS', detail, certificateExpiresAt, tlsUs: expect.any(Number) })
    expect(measurement).toMatchObject({ httpStatus: null, latencyUs: null, firstByteUs: null })
    expect(site.requests).toEqual([])
  })

  test.each([
    [6, 'TLS CERT_EXPIRES_SOON'],
    [5, 'Good'],
  ])('with five and a half days left, where %s are asked: %s', async (certificateDays, verdict) => {
    const site = await serveHttps('trusted', (_, response) => response.end())
    const clock = { now: () => TRUSTED_EXPIRES_AT - 5.5 * DAY_MS }
    expect(await verdictOf(site.url(), { clock, check: { certificateDays } })).toBe(verdict)
  })

  describe('whose path', () => {
    const INTERMEDIATE = Date.UTC(2100, 0, 1)
    const ROOT = Date.UTC(2090, 0, 1)
    const check = { certificateDays: 14 }

    test.each([
      ['chained', INTERMEDIATE - 5.5 * DAY_MS, 'TLS CERT_EXPIRES_SOON_INTERMEDIATE', INTERMEDIATE],
      ['chained', INTERMEDIATE - 14 * DAY_MS, 'Good', INTERMEDIATE],
      ['chained-renewed', INTERMEDIATE - 14 * DAY_MS, 'Good', INTERMEDIATE],
      ['short-root', ROOT - 5.5 * DAY_MS, 'TLS CERT_EXPIRES_SOON_ROOT', ROOT],
      ['short-root', ROOT - 14 * DAY_MS, 'Good', ROOT],
      ['sent-along', TRUSTED_EXPIRES_AT - 14 * DAY_MS, 'Good', TRUSTED_EXPIRES_AT],
      ['sent-along', TRUSTED_EXPIRES_AT - 5.5 * DAY_MS, 'TLS CERT_EXPIRES_SOON', TRUSTED_EXPIRES_AT],
    ] as const)('is %s is judged by what expires first of it: %s, %s', async (name, now, verdict, expiresAt) => {
      const site = await serveHttps(name, (_, response) => response.end())
      const clock = { now: () => now }
      expect(await verdictOf(site.url(), { clock, check })).toBe(verdict)
      const { measurement } = await measure(site.url(), { clock })
      expect(measurement).toMatchObject({ status: 'Good', certificateExpiresAt: new Date(expiresAt).toISOString() })
    })

    test('has an expired intermediate shows that one and its date', async () => {
      const site = await serveHttps('chained-expired', (_, response) => response.end())
      const { measurement, certificate } = await measure(site.url())
      const detail = 'CERT_HAS_EXPIRED_INTERMEDIATE'
      expect(measurement).toMatchObject({ failure: 'TLS', detail, certificateExpiresAt: '2021-01-01T00:00:00.000Z' })
      expect(certificate).toMatchObject({ subject: 'Overlaps test issuer', issuer: 'Overlaps test CA' })
      expect(site.requests).toEqual([])
    })
  })

  test('is judged behind a redirect, too', async () => {
    const expired = await serveHttps('expired', (_, response) => response.end())
    const site = await serveHttp((_, response) => response.writeHead(302, { location: expired.url() }).end())
    expect(await verdictOf(site.url())).toBe('TLS CERT_HAS_EXPIRED')
  })
})

describe('a handshake that fails', () => {
  test('for lack of TLS', async () => {
    const site = await serveHttp((_, response) => response.end())
    const { measurement } = await measure(`https://127.0.0.1:${site.port}/`)
    expect(measurement).toMatchObject({
      failure: 'TLS',
      detail: expect.stringMatching(/^(ERR_SSL|EPROTO)/),
      tlsUs: null,
    })
    expect(measurement).toMatchObject({ connectUs: expect.any(Number), certificateExpiresAt: null })
  })

  test.each(['end', 'resetAndDestroy'] as const)('by %s of the server', async (end) => {
    const { port } = await serveRaw((socket) => socket.once('data', () => socket[end]()))
    expect(await verdictOf(`https://127.0.0.1:${port}/`)).toBe('TLS ECONNRESET')
  })

  test('under a stream of nonsense', async () => {
    const { port } = await serveRaw((socket) => {
      const pour = () => {
        while (socket.writable && socket.write('nonsense'.repeat(2048))) {}
      }
      socket.on('drain', pour)
      pour()
    })
    expect(await verdictOf(`https://127.0.0.1:${port}/`)).toMatch(/^TLS /)
  })
})
