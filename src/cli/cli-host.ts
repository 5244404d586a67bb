/** What a command sees of its process, so that a test can replace it. Only `main.ts` touches the process itself. */
export interface CliHost {
  env: Record<string, string | undefined>
  /** One line, or several joined by line feeds, to standard output. */
  out(line: string): void
  /** The same to standard error. */
  err(line: string): void
  /** Resolves when more may come; rejects with EPIPE when the reader has gone. */
  write(bytes: Uint8Array): Promise<void>
  /** Writes text as it is, for a display that is redrawn. */
  draw(text: string): void
  /** Returns a function that unsubscribes. */
  onSignal(signals: readonly StopSignal[], handler: (signal: StopSignal) => void): () => void
  /** For uncaught exceptions and unhandled rejections; with a handler the process goes on. Returns an unsubscribe. */
  onCrash(handler: (error: unknown) => void): () => void
  /** Exits with this code once everything is done. */
  exitWith(code: ExitCode): void
  /** Exits with 1 at once: at a second request to stop, and after a crash. */
  leaveNow(): void
  /** Whether `out` is a terminal that shows colours. */
  showsColours: boolean
  /** Null for a pipe, a file or a terminal that cannot be drawn on. */
  terminalSize(): TerminalSize | null
}

export interface TerminalSize {
  columns: number
  rows: number
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** 0: success. 1: a bad result, or ended early. 2: typed wrongly, or cannot start. */
export type ExitCode = 0 | 1 | 2
