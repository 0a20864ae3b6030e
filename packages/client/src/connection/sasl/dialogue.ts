/** The client's part of one authentication. */
export interface SaslDialogue {
  /** What it says first. */
  begin(): Uint8Array | Promise<Uint8Array>
  /** What it says to the broker's next words; undefined when all is said. Throws when the broker is not to be trusted. */
  next(challenge: Buffer): Uint8Array | undefined | Promise<Uint8Array | undefined>
}
