import { token } from '../app/session'

export type Exported =
  | { kind: 'exported'; response: Response }
  | { kind: 'refused'; status: number }
  | { kind: 'offline' }

export interface ExportTerms {
  website: string
  /** An instant or a UTC day. */
  from?: string
  to?: string
}

/** Asks for an export, which takes its token in a header, so that no link can name it. Never rejects but when `signal` aborts. */
export async function askExport(file: string, terms: ExportTerms, signal?: AbortSignal): Promise<Exported> {
  try {
    const response = await fetch(`/export/${file}?${new URLSearchParams({ ...terms }).toString()}`, {
      headers: { authorization: `Bearer ${token() ?? ''}` },
      ...(signal && { signal }),
    })
    return response.ok ? { kind: 'exported', response } : { kind: 'refused', status: response.status }
  } catch {
    signal?.throwIfAborted()
    return { kind: 'offline' }
  }
}
