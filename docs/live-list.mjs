// A live list of websites: node docs/live-list.mjs [hub], with the token in TOKEN. `ask` and `live` run in a browser as
// they stand, for they need nothing but fetch; only the last lines know a terminal.

/** Runs a query or a mutation. Throws what is wrong with the call; refusals are in its data. */
export async function ask({ hub, token }, query, variables = {}) {
  const response = await send({ hub, token, accept: 'application/json' }, query, variables)
  const { data, errors } = await response.json()
  if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`)
  return data
}

/** Yields the data of a subscription's events, until it ends or the loop over it is left. */
export async function* live({ hub, token }, query, variables = {}) {
  const response = await send({ hub, token, accept: 'text/event-stream' }, query, variables)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const events = (text + piece.value).split('\n\n')
      text = events.pop()
      for (const event of events) {
        const json = /^data: (.+)$/m.exec(event)?.[1]
        if (json === undefined) continue
        const { data, errors } = JSON.parse(json)
        if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`)
        yield data
      }
    }
  } finally {
    await reader.cancel()
  }
}

function send({ hub, token, accept }, query, variables) {
  return fetch(`${hub}/graphql`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
}

/** What a line of the list shows. A fragment, so that the first look and the changes ask for the same. */
const LINE = `fragment Line on Website { id name url status uptime(over: { window: LAST_24_HOURS }) { ratio } }`

/** Every website by its ID: first as they are, then each as it changes. */
export async function* liveList(caller) {
  const list = new Map()
  // The subscription begins with one event for each website that is there, so nothing is missed between two requests.
  const changes = live(caller, `subscription { websiteChanged { cause website { ...Line } } } ${LINE}`)
  for await (const { websiteChanged } of changes) {
    const { cause, website } = websiteChanged
    if (cause === 'DELETED') list.delete(website.id)
    else list.set(website.id, website)
    yield [...list.values()]
  }
}

if (globalThis.process?.argv[1]?.endsWith('live-list.mjs')) {
  const print = (line) => process.stdout.write(`${line}\n`)
  // eslint-disable-next-line node/no-process-env -- where programs get their secrets
  const caller = { hub: process.argv[2] ?? 'http://localhost:8081', token: process.env.TOKEN }
  const { websites } = await ask(caller, '{ websites { totalCount } }')
  print(`${websites.totalCount} websites`)
  for await (const list of liveList(caller)) {
    for (const { name, status, uptime } of list) {
      print(`${status ?? 'unknown'}  ${uptime.ratio === null ? '-' : `${uptime.ratio * 100} %`}  ${name}`)
    }
    print(`${list.length} listed`)
  }
}
