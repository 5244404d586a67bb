/** Null when a text is no URL. `URL.canParse` would not do: on Node 20, once compiled, it says no to every letter of Latin-1. */
export function parseUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
