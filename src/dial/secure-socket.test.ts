import { connect } from 'node:net'
import { createSecureContext } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readPem, serveHttps } from '../testing/agent/check/loopback.js'
import { startFigures } from './figures.js'
import { findUntrusted, secureSocket } from './secure-socket.js'

const trust = createSecureContext({ ca: readPem('ca') })

describe('a handshake', () => {
  async function shake(certificate: 'trusted' | 'expired' | 'self-signed' | 'wrong-name', host = '127.0.0.1') {
    const { port } = await serveHttps(certificate, (_, response) => response.end())
    const raw = connect({ host: '127.0.0.1', port })
    onTestFinished(() => void raw.destroy())
    const figures = startFigures()
    return { raw, figures, secured: await secureSocket(raw, host, trust, figures) }
  }

  it('with whom is trusted opens the socket', async () => {
    const { secured, figures } = await shake('trusted', 'localhost.')
    expect(secured).toMatchObject({ kind: 'connected', socket: { authorized: true, servername: 'localhost' } })
    expect(figures).toMatchObject({ tlsUs: expect.any(Number), certificate: { subject: 'CN=localhost' } })
  })

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('with whom is not trusted, %s, destroys it and shows the certificate', async (name, detail) => {
    const { secured, figures, raw } = await shake(name)
    expect(secured).toEqual({ kind: 'failed', failure: 'TLS', detail })
    expect(raw.destroyed).toBe(true)
    expect(figures).toMatchObject({ tlsUs: expect.any(Number), certificate: { validTo: expect.any(String) } })
  })

  it.each([
    ['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
    ['unable to get something/other', 'UNABLE_TO_GET_SOMETHING_OTHER'],
    [null, 'UNTRUSTED'],
  ])('whose authorization error is %s fails with %s', (authorizationError, detail) => {
    const socket = { authorized: false, authorizationError: authorizationError as unknown as Error }
    expect(findUntrusted(socket)).toEqual({ kind: 'failed', failure: 'TLS', detail })
  })
})
