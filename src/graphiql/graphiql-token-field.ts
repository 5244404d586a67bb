/** Browser JavaScript. Yoga's page sends a tab's headers over HTTP only; a WebSocket needs them in connection_init. */
export const TOKEN_FIELD = `
<style>
  body { margin: 0; display: flex; flex-direction: column; height: 100vh; overflow: hidden; color-scheme: light dark; }
  #root { flex: 1; min-height: 0; }
  #root, #root .graphiql-container { width: 100% !important; height: 100% !important; }
  #token-field { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 6px 16px; font: 14px system-ui, sans-serif;
    background: light-dark(#eef1f6, #10151f); color: light-dark(#1f2430, #dfe3ea); }
  #token-field input { flex: 1 1 12em; min-width: 0; max-width: 34em; padding: 4px 8px; font: 13px ui-monospace, monospace; }
</style>
<form id="token-field">
  <label for="token">Token</label>
  <input id="token" type="password" autocomplete="off" spellcheck="false" placeholder="paste an owner's token">
  <span>Goes along from every tab that has no authorization of its own under Headers.</span>
</form>
<script>
function renderWithTokenField(root, options) {
  const field = document.querySelector('#token')
  const STORED = 'overlaps-token'
  field.value = sessionStorage.getItem(STORED) ?? ''
  field.addEventListener('input', () => sessionStorage.setItem(STORED, field.value.trim()))
  field.form.addEventListener('submit', (event) => event.preventDefault())

  function withToken(headers = {}) {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const token = field.value.trim()
    return token === '' ? own : { authorization: 'Bearer ' + token, ...own }
  }
  async function post(request, headers) {
    const response = await fetch(location.pathname, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    return response.json()
  }
  /** One socket for each subscription, with the headers of its tab. */
  function follow(request, headers) {
    return {
      subscribe(sink) {
        const client = graphqlWs.createClient({
          url: new URL(location.pathname, location.href.replace(/^http/, 'ws')).href,
          connectionParams: headers,
          // A person sees what is wrong at once, and runs it again.
          retryAttempts: 0,
        })
        const end = () => {
          client.dispose()
          sink.complete()
        }
        const stop = client.subscribe(request, {
          next: (result) => sink.next(result),
          complete: end,
          error(fault) {
            const message = fault.reason || fault.message || 'The connection to the hub broke: run it again.'
            sink.next({ errors: Array.isArray(fault) ? fault : [{ message }] })
            end()
          },
        })
        return { unsubscribe: () => (stop(), client.dispose()) }
      },
    }
  }
  function isSubscription({ operationName }, documentAST) {
    const operations = documentAST?.definitions.filter(({ kind }) => kind === 'OperationDefinition') ?? []
    const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0]
    return chosen?.operation === 'subscription'
  }
  /** A page's own query comes behind the #, which no server sees; then the examples are not in its way. */
  const linked = new URLSearchParams(location.hash.slice(1))
  const query = linked.get('query')
  if (query !== null) {
    const variables = linked.get('variables') ?? ''
    options = { ...options, query, variables, defaultTabs: [{ query, variables, headers: '' }, ...options.defaultTabs] }
    history.replaceState(null, '', location.pathname)
  }
  YogaGraphiQL.renderYogaGraphiQL(root, {
    ...options,
    fetcher: (request, { headers, documentAST } = {}) =>
      (isSubscription(request, documentAST) ? follow : post)(request, withToken(headers)),
  })
}
</script>
`
