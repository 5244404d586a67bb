const PASSWORD_LENGTH_MIN = 10
/** Keeps anybody from having us normalise and hash long texts. */
const PASSWORD_LENGTH_MAX = 256

/** What is wrong with a new password, in one sentence; `null` when nothing is. Length is what counts (NIST SP 800-63B). */
export function passwordFault(password: string): string | null {
  if (password.length >= PASSWORD_LENGTH_MIN && password.length <= PASSWORD_LENGTH_MAX) return null
  return `The password must have ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`
}
