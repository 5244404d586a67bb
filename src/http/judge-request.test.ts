import { describe, expect, it } from 'vitest'
import { bodyFault, judgeOrigin, type OriginKind } from './judge-request.js'

const SETTINGS = {
  origins: ['https://hub.example'],
  publicUrl: 'https://watch.example',
  corsOrigins: ['https://status.example'],
}

describe('judgeOrigin', () => {
  it.each<[string, string | undefined, string | undefined, OriginKind]>([
    ['no origin', undefined, 'hub.example', 'NONE'],
    ['the same host', 'http://10.0.0.1:8081', '10.0.0.1:8081', 'OWN'],
    ['the same host, whatever the case', 'http://hub.local:8081', 'Hub.Local:8081', 'OWN'],
    ['the public origin, behind a proxy that says another host', 'https://hub.example', '127.0.0.1:8081', 'OWN'],
    ['the public URL, likewise', 'https://watch.example', '127.0.0.1:8081', 'OWN'],
    ['the public URL by another scheme', 'http://watch.example', '127.0.0.1:8081', 'FOREIGN'],
    ['a listed one', 'https://status.example', 'hub.example', 'LISTED'],
    ['a listed one by another scheme', 'http://status.example', 'hub.example', 'FOREIGN'],
    ['a listed one at another port', 'https://status.example:444', 'hub.example', 'FOREIGN'],
    ['a name below a listed one', 'https://a.status.example', 'hub.example', 'FOREIGN'],
    ['a name that ends as a listed one', 'https://evilstatus.example', 'hub.example', 'FOREIGN'],
    ['a listed one with a path', 'https://status.example/', 'hub.example', 'FOREIGN'],
    ['the same host at another port', 'http://hub.example:81', 'hub.example', 'FOREIGN'],
    ['a page of no origin', 'null', 'hub.example', 'FOREIGN'],
    ['no URL', 'evil', 'hub.example', 'FOREIGN'],
    ['nothing', '', 'hub.example', 'FOREIGN'],
    ['a user that looks like the host', 'http://hub.example@evil.example', 'hub.example', 'FOREIGN'],
    ['no host', 'http://evil.example', undefined, 'FOREIGN'],
  ])('%s', (_name, origin, host, expected) => {
    expect(
      judgeOrigin({ ...(origin !== undefined && { origin }), ...(host !== undefined && { host }) }, SETTINGS),
    ).toBe(expected)
  })
})

describe('bodyFault', () => {
  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset=UTF-8'],
    ['Application/JSON; charset="utf-8"'],
  ])('takes %s', (type) => {
    expect(bodyFault({ 'content-type': type })).toBeNull()
    expect(bodyFault({ 'content-type': type, 'content-encoding': 'identity' })).toBeNull()
  })

  it.each([
    [''],
    ['text/plain'],
    ['text/plain; application/json'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/graphql'],
    ['application/jsonp'],
    ['application/json; charset=utf-16'],
  ])('refuses %s', (type) => {
    expect(bodyFault({ 'content-type': type })).toMatchObject({ status: 415 })
  })

  it('refuses no type at all', () => expect(bodyFault({})).toMatchObject({ status: 415 }))

  it.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', ''])('refuses a body encoded by "%s"', (encoding) => {
    const fault = bodyFault({ 'content-type': 'application/json', 'content-encoding': encoding })
    expect(fault).toMatchObject({ status: 415, headers: { 'accept-encoding': 'identity' } })
  })
})
