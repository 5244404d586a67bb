/** What another machine has said, as text that a database and a terminal can hold. */
export function printable(bytes: Uint8Array, charactersMax: number): string {
  const text = Buffer.from(bytes)
    .toString('utf8')
    // eslint-disable-next-line no-control-regex -- those are what is taken out
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, '\uFFFD')
  return Array.from(text).slice(0, charactersMax).join('')
}
