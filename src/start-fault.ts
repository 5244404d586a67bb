/** Why a program or a command cannot start, in one sentence for whoever typed it. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
