import { askExport, type ExportTerms } from '../../api/export'
import { saveFile } from '../../parts/save-file'
import type { Texts } from '../../texts/en'

const TOO_MANY = 429

/** Fetches an export and lets the browser save it. Null when it was saved, whole; else why not. */
export async function saveExport(file: string, terms: ExportTerms, t: Texts): Promise<string | null> {
  const texts = t.website.exports
  const exported = await askExport(file, terms)
  if (exported.kind === 'offline') return texts.offline
  if (exported.kind === 'refused') return exported.status === TOO_MANY ? texts.busy : texts.failed(exported.status)
  const [kind, format] = file.split('.')
  try {
    saveFile(`${kind}-${terms.website}.${format}`, await exported.response.blob())
    return null
  } catch {
    // Broken off on the way.
    return texts.offline
  }
}
