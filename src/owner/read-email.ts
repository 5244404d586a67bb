/** RFC 5321 §4.5.3.1 as errata 1690 reads it. */
const EMAIL_LENGTH_MAX = 254
/** The addresses that people have: dotted words of RFC 5322's letters, at a host of letters, digits and hyphens. */
const EMAIL =
  /^(?=.{1,64}@)[a-z\d!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z\d!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/

/** An email address in the one form that is kept, lower case; null when it is none. */
export function readEmail(text: string): string | null {
  if (text.length > EMAIL_LENGTH_MAX) return null
  // Only ASCII is made lower: other letters fold into it (the Kelvin sign into k) and would be let in by that.
  const email = text.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  return EMAIL.test(email) ? email : null
}
