/** A host that this agent asks to learn whether the network works from here. */
export type Beacon =
  /** Takes a TCP connection. */
  | { kind: 'LINE'; address: string; port: number }
  /** Resolves. With `isFresh` a random label is put before it, which no cache can know. */
  | { kind: 'NAME'; name: string; isFresh: boolean }
  /** Answers with these very bytes; with status 204 where `text` is null. */
  | { kind: 'PORTAL'; url: string; text: string | null }
