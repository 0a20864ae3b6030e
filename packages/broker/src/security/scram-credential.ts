/** What the broker keeps of a user's password, bytes in base64. Goes into the metadata log; shown to nobody. */
export interface ScramCredential {
  readonly user: string
  /** The mechanism by its number in requests: 1 SCRAM-SHA-256, 2 SCRAM-SHA-512. */
  readonly mechanism: number
  readonly iterations: number
  readonly salt: string
  readonly storedKey: string
  readonly serverKey: string
}

/** What makes two credentials the same one. */
export function scramCredentialKey({ user, mechanism }: Pick<ScramCredential, 'user' | 'mechanism'>): string {
  return `${mechanism}:${user}`
}
