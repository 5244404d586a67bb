/** The code of a log-in link, taken out of the address so that it stays in no history; null without one. */
export function takeCode(): string | null {
  if (location.pathname !== '/log-in') return null
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (code !== null) history.replaceState(null, '', '/log-in')
  return code
}
