import { createHash, timingSafeEqual } from 'node:crypto'
import type { SaslExchange, SaslMechanism, SaslStep } from './mechanism.ts'
import { SaslFailure } from './mechanism.ts'

/** Whether this is the user's password. */
export type PasswordCheck = (username: string, password: string) => boolean | Promise<boolean>

/** SASL PLAIN (RFC 4616): the password as it is. Fit for TLS only. */
export function plainMechanism(isPasswordOf: PasswordCheck): SaslMechanism {
  const exchange: SaslExchange = { respond: (message) => checkMessage(message, isPasswordOf) }
  return { name: 'PLAIN', begin: () => exchange }
}

async function checkMessage(message: Buffer, isPasswordOf: PasswordCheck): Promise<SaslStep> {
  const parts = message.toString().split('\0')
  const [authorizationId = '', username = '', password = ''] = parts
  if (parts.length !== 3) throw told(`Invalid SASL/PLAIN response: expected 3 tokens, got ${parts.length}`)
  if (username === '') throw told('Authentication failed: username not specified')
  if (password === '') throw told('Authentication failed: password not specified')
  if (!(await isPasswordOf(username, password))) throw told('Authentication failed: Invalid username or password')
  if (authorizationId !== '' && authorizationId !== username) {
    throw told('Authentication failed: Client requested an authorization id that is different from username')
  }
  return { reply: Buffer.alloc(0), authenticated: { name: username } }
}

/** Passwords by user. The time that a comparison takes says nothing about them. */
export function passwordsOf(users: ReadonlyMap<string, string>): PasswordCheck {
  return (username, password) => {
    const expected = users.get(username)
    return timingSafeEqual(digest(password), digest(expected ?? '')) && expected !== undefined
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function told(message: string): SaslFailure {
  return new SaslFailure(message, message)
}
