/** Until the browser has surely begun to read it. */
const READ_WITHIN_MS = 60_000

/** Lets the browser save what the page holds as a file. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), READ_WITHIN_MS)
}
