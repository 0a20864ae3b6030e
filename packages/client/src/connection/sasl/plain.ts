import type { SaslDialogue } from './dialogue.ts'

/** SASL PLAIN (RFC 4616): the password as it is. Fit for TLS only. */
export function plainDialogue(username: string, password: string): SaslDialogue {
  return {
    begin: () => Buffer.from(`\0${username}\0${password}`),
    next: () => undefined,
  }
}
