import { READ, type Route } from './route.js'

export function redirectRoute(path: string, location: string): Route {
  return {
    path,
    methods: READ,
    audience: 'EVERYBODY',
    serve({ response }) {
      response.writeHead(302, { location, 'content-length': 0 }).end()
      return 'ANSWERED'
    },
  }
}
