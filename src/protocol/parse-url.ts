/**
 * The URL that a text is, relative to `base` if there is one; null when it is none. `URL.canParse` would not do: on Node 20,
 * once it is called often enough to be compiled, it says no to every text with a letter of Latin-1 in it.
 */
export function parseUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
