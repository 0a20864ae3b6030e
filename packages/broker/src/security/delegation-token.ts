/** What the broker keeps of a delegation token. Goes into the metadata log; its HMAC is made of it and the secret key. */
export interface DelegationToken {
  readonly tokenId: string
  /** Whom it stands for, as `User:alice`. */
  readonly owner: string
  /** Who asked for it. */
  readonly requester: string
  /** Who may renew it besides its owner. */
  readonly renewers: readonly string[]
  readonly issueTimestampMs: number
  readonly expiryTimestampMs: number
  /** When it ends however often it is renewed. */
  readonly maxTimestampMs: number
}
