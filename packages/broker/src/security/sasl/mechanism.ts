/** What came out of a successful authentication. */
export interface Authenticated {
  /** The principal's name. */
  readonly name: string
  /** It has shown a delegation token: it may not get more of them. */
  readonly isByToken?: boolean
  /** By the wall clock: what was shown is not valid any more. */
  readonly expiresAtMs?: number | undefined
}

/** The server's part in one step of an exchange. */
export interface SaslStep {
  readonly reply: Uint8Array
  /** Missing: the exchange goes on. */
  readonly authenticated?: Authenticated
}

/** One authentication, message by message. */
export interface SaslExchange {
  /** Throws {@link SaslFailure}. */
  respond(message: Buffer): SaslStep | Promise<SaslStep>
}

/** A SASL mechanism, as a listener offers it. */
export interface SaslMechanism {
  /** `PLAIN`, as clients ask for it. */
  readonly name: string
  begin(): SaslExchange
}

/** The client is not who it says it is, or does not keep to the mechanism. */
export class SaslFailure extends Error {
  override readonly name = 'SaslFailure'
  /** What the client is told; missing: only that it failed. */
  readonly told: string | undefined

  /** `reason` goes into the broker's log, and must hold no secret. */
  constructor(reason: string, told?: string) {
    super(reason)
    this.told = told
  }
}
