/** Why the program cannot start or a command cannot be carried out, in one sentence for the person who typed it. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
