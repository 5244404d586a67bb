import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { startFigures } from '../../dial/figures.js'
import type { FailureClass } from '../../protocol/tick.js'
import { readPem } from '../../testing/agent/check/loopback.js'
import { findGround, type Ground } from './find-ground.js'

const hop = (url: string, isTrusted: boolean, hasCertificate = isTrusted) => ({
  ...startFigures(),
  url,
  isTrusted,
  certificate: hasCertificate ? new X509Certificate(readPem('trusted')) : null,
})
const PLAIN = [hop('http://a.example/', false)]
const TRUSTED = [hop('https://a.example/', true)]
const UNTRUSTED = [hop('https://a.example/', false, true)]
const UNSHAKEN = [hop('https://a.example/', false)]

test.each<[Ground, FailureClass | null, string | null, typeof PLAIN]>([
  ['ITSELF', null, null, TRUSTED],
  ['CONTENT', null, null, PLAIN],
  ['ITSELF', null, null, [...PLAIN, ...TRUSTED]],
  ['ITSELF', null, null, [...PLAIN, hop('https://www.a.example/', true)]],
  ['CONTENT', null, null, [...PLAIN, hop('https://b.example/', true)]],
  ['CONTENT', null, null, [...PLAIN, hop('https://nota.example/', true)]],
  ['ITSELF', null, null, [...TRUSTED, hop('https://b.example/', true)]],
  ['CONTENT', null, null, [...TRUSTED, ...PLAIN]],
  ['ITSELF', 'STATUS', null, TRUSTED],
  ['CONTENT', 'STATUS', null, PLAIN],
  ['CONTENT', 'REDIRECT', 'FORBIDDEN_TARGET', PLAIN],
  ['CONTENT', 'PROTOCOL', 'HPE_INVALID_CONSTANT', PLAIN],
  ['CONTENT', 'TLS', 'CERT_HAS_EXPIRED', UNTRUSTED],
  ['CONTENT', 'TLS', 'ERR_SSL_WRONG_VERSION_NUMBER', UNSHAKEN],
  ['ITSELF', 'TLS', 'CERT_EXPIRES_SOON', TRUSTED],
  ['LINE', 'TLS', 'HANDSHAKE_CUT', UNSHAKEN],
  ['LINE', 'TLS', 'ECONNRESET', UNSHAKEN],
  ['LINE', 'PROTOCOL', 'BODY_CUT', TRUSTED],
  ['LINE', 'PROTOCOL', 'ECONNRESET', PLAIN],
  ['LINE', 'CONNECT', 'ECONNREFUSED', UNSHAKEN],
  ['LINE', 'TIMEOUT', 'IN_CONNECT', UNSHAKEN],
  ['LINE', 'TIMEOUT', 'IN_BODY', TRUSTED],
  ['TIME', 'ASSERTION', 'LATENCY', TRUSTED],
  ['NAMES', 'TIMEOUT', 'IN_DNS', UNSHAKEN],
  ['NAMES', 'DNS', 'ESERVFAIL', UNSHAKEN],
  ['CONTENT', 'CONNECT', 'IP_VERSION_MISMATCH', UNSHAKEN],
])('%s: %s %s', (ground, failure, detail, hops) => {
  const figures = { latencyUs: null, dnsUs: null, connectUs: null, tlsUs: null, firstByteUs: null }
  const seen = { httpStatus: null, remoteAddress: null, certificateExpiresAt: null }
  const status = failure === null ? 'Good' : 'Bad'
  expect(findGround({ checkedAt: '', status, failure, detail, ...figures, ...seen }, hops)).toBe(ground)
})
