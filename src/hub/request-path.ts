/** The path that a request names; null when it names none that can be read (`GET //`), which `new URL` throws at. */
export function requestPath(target: string | undefined): string | null {
  const base = 'http://hub'
  return target !== undefined && URL.canParse(target, base) ? new URL(target, base).pathname : null
}
