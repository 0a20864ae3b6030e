/** The client's part of one authentication. */
export interface SaslDialogue {
  /** What it says first. */
  begin(): Uint8Array | Promise<Uint8Array>
  /**
   * What it says to the broker's next words; undefined when all is said. Throws {@link UntrustedBrokerError} when the
   * broker is not to be trusted, or refuses in the words of its mechanism.
   */
  next(challenge: Buffer): Uint8Array | undefined | Promise<Uint8Array | undefined>
}

/** The broker does not keep to the mechanism, or cannot show what it has to. */
export class UntrustedBrokerError extends Error {
  override readonly name = 'UntrustedBrokerError'
}
