/** What a command sees of the process it runs in, so that a test can stand in for it. Only `main.ts` touches the process itself. */
export interface CliHost {
  env: Record<string, string | undefined>
  /** One line, or several joined by line feeds, to whoever reads the command's result. */
  out(line: string): void
  /** The same to whoever typed the command. */
  err(line: string): void
  /** Bytes as they are to whoever reads the result. Resolves when more may come, and rejects with EPIPE when he has gone. */
  write(bytes: Uint8Array): Promise<void>
  /** Text as it is, for a display that is drawn over and over. */
  draw(text: string): void
  /** Calls `handler` whenever one of the signals comes. Returns the way to listen no more. */
  onSignal(signals: readonly StopSignal[], handler: (signal: StopSignal) => void): () => void
  /**
   * Calls `handler` with whatever is thrown where nobody catches it, and with every rejection that nobody handles; while
   * somebody listens the process goes on. Returns the way to listen no more.
   */
  onCrash(handler: (error: unknown) => void): () => void
  /** The code that the process ends with when all is done; 0 unless told otherwise. */
  exitWith(code: ExitCode): void
  /** Ends the process with 1, whatever still runs: at a second request to stop, and after a crash. */
  leaveNow(): void
  /** Whether `out` is a terminal that shows colours. */
  showsColours: boolean
  /** The size of the terminal that `out` is, as it is now; null for a pipe, a file or a terminal that cannot be drawn on. */
  terminalSize(): TerminalSize | null
}

export interface TerminalSize {
  columns: number
  rows: number
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** 0 is success, 1 a result that is not good or an end before its time, 2 a command typed wrongly or one that cannot start. */
export type ExitCode = 0 | 1 | 2
