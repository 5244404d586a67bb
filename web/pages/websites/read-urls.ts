const URLS_MAX = 500

export interface ReadUrl {
  url: string
  name: string
}

/** One URL a line; what has no scheme gets https. The name is the host, with its path where there is one. */
export function readUrls(text: string): ReadUrl[] {
  return text
    .split(/\s+/)
    .filter((line) => line !== '')
    .slice(0, URLS_MAX)
    .map((line) => {
      const url = /^[a-z][a-z\d+.-]*:\/\//i.test(line) ? line : `https://${line}`
      return { url, name: nameOf(url) }
    })
}

function nameOf(url: string): string {
  const [, rest = url] = /^[^:]+:\/\/(.*)$/.exec(url) ?? []
  return rest.replace(/\/$/, '').slice(0, 200) || url
}
