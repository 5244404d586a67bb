import { describe, expect, it } from 'vitest'
import { chooseRoute, findPlace } from './find-route.js'
import { READ, type Route } from './route.js'

const rules: Pick<Route, 'methods' | 'audience' | 'serve'> = {
  methods: READ,
  audience: 'EVERYBODY',
  serve: () => 'ANSWERED',
}
const page: Route = { ...rules, path: '/api', accepts: 'text/html' }
const api: Route = { ...rules, path: '/api', methods: ['GET', 'POST'] }
const files: Route = { ...rules, under: '/files/' }
const old: Route = { ...rules, under: '/files/old/', methods: ['GET'] }
const index: Route = { ...rules, path: '/files/old/index' }
const root: Route = { ...rules, path: '/' }
const TABLE = [root, api, page, files, old, index]

describe('findPlace', () => {
  it.each<[string, Route[], string]>([
    ['/', [root], ''],
    ['/api', [api, page], ''],
    ['/api/', [], '/api/'],
    ['/apis', [], '/apis'],
    ['/API', [], '/API'],
    ['/files', [], '/files'],
    ['/files/', [files], ''],
    ['/files/a', [files], 'a'],
    ['/files/a/b.js', [files], 'a/b.js'],
    ['/files/older', [files], 'older'],
    ['/files/old/a', [old], 'a'],
    ['/files/old/index', [index], ''],
    ['/files/old/index/', [old], 'index/'],
    ['/nothing', [], '/nothing'],
  ])('%s', (path, routes, rest) => {
    expect(findPlace(TABLE, path)).toEqual({ routes, rest })
  })
})

describe('chooseRoute', () => {
  const choose = (path: string, method: string, accept?: string) =>
    chooseRoute(findPlace(TABLE, path), { method, headers: accept === undefined ? {} : { accept } })

  it.each<[string, string, string | undefined, Route]>([
    ['/api', 'GET', undefined, api],
    ['/api', 'GET', '*/*', api],
    ['/api', 'GET', 'text/html,*/*;q=0.8', page],
    ['/api', 'HEAD', 'text/html', page],
    ['/api', 'POST', 'text/html', api],
    ['/files/a', 'HEAD', undefined, files],
    ['/files/old/a', 'GET', 'text/html', old],
  ])('%s by %s for %s', (path, method, accept, route) => {
    expect(choose(path, method, accept)).toBe(route)
  })

  it.each([
    ['/files/a', 'POST', undefined, 'GET, HEAD', 'Only GET and HEAD are answered here.'],
    ['/files/old/a', 'HEAD', undefined, 'GET', 'Only GET is answered here.'],
    ['/api', 'HEAD', undefined, 'GET, POST', 'Only GET and POST are answered here.'],
    ['/api', 'DELETE', 'text/html', 'GET, HEAD, POST', 'Only GET, HEAD and POST are answered here.'],
    ['/', 'get', undefined, 'GET, HEAD', 'Only GET and HEAD are answered here.'],
  ])('%s not by %s for %s', (path, method, accept, allow, message) => {
    expect(choose(path, method, accept)).toEqual({ status: 405, code: 'BAD_USER_INPUT', message, headers: { allow } })
  })

  it('finds nothing where there is nothing, by whatever method', () => {
    for (const method of ['GET', 'POST', 'OPTIONS']) expect(choose('/nothing', method)).toMatchObject({ status: 404 })
  })

  it('finds nothing for programs where there is a page alone', () => {
    expect(chooseRoute({ routes: [page], rest: '' }, { method: 'GET', headers: {} })).toMatchObject({ status: 404 })
  })
})
