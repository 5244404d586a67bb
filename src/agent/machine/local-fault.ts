/** What this machine itself lacks or forbids. No peer can cause it, but for EACCES over IPv6. */
export interface LocalFault {
  kind: 'EXHAUSTED' | 'SUSPECTED' | 'FORBIDDEN'
  /** What it is and what to do. */
  message: string
}

const FILES =
  'This program may open no more files: raise its limit (ulimit -n, or LimitNOFILE of the service), or lower --concurrency.'
const PORTS = 'This machine has no free port for another connection: lower --concurrency, or widen its range of ports.'
const MEMORY = 'This machine has no memory for another connection: lower --concurrency, or close other programs.'
const FIREWALL =
  "This machine's firewall or sandbox forbids the connection: permit this program to connect to the world."

const EXHAUSTED: ReadonlyMap<string, string> = new Map([
  ['EMFILE', FILES],
  ['ENFILE', 'This machine can open no more files (fs.file-max): raise that limit, or close other programs.'],
  ['EADDRNOTAVAIL', PORTS],
  ['EADDRINUSE', PORTS],
  ['EAGAIN', PORTS],
  ['ENOBUFS', MEMORY],
  ['ENOMEM', MEMORY],
])
/** What c-ares says when it cannot read its own files, and we of a look-up that may have met a limit. */
export const FILES_SUSPECTED = 'EFILE'
const FORBIDDEN = new Set(['EPERM', 'EACCES'])

/** By the system's code; `null` for one that says something of the website. */
export function localFault(code: string | null): LocalFault | null {
  const exhausted = EXHAUSTED.get(code ?? '')
  if (exhausted !== undefined) return { kind: 'EXHAUSTED', message: exhausted }
  if (code === FILES_SUSPECTED) return { kind: 'SUSPECTED', message: FILES }
  return FORBIDDEN.has(code ?? '') ? { kind: 'FORBIDDEN', message: FIREWALL } : null
}
