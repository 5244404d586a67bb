/** In a worker: runs the bench's commands from IPC, possibly side by side, and answers each. */
export function answerCommands(obey: (command: never) => Promise<unknown>): void {
  process.on('message', (message: { id?: number; command?: never }) => {
    const { id, command } = message
    if (id === undefined || command === undefined) return
    obey(command).then(
      (answer) => process.send?.({ id, answer: answer ?? null }),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
    )
  })
  // The probe lets a process end that has nothing else to do; a worker waits for commands.
  process.channel?.ref()
  process.send?.({ ready: true })
}
