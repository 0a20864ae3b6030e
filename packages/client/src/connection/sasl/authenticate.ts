import type { Api, Init } from '@streamwright/protocol'
import { ErrorCode, errorInfo } from '@streamwright/protocol'
import { saslAuthenticate } from '@streamwright/protocol/messages/sasl-authenticate'
import { saslHandshake } from '@streamwright/protocol/messages/sasl-handshake'
import type { Environment } from '@streamwright/std'
import { present } from '@streamwright/std'
import { AuthenticationError } from '../../errors.ts'
import { saslMessagesMax } from '../../limits.ts'
import type { SaslCredentials } from './credentials.ts'
import type { SaslDialogue } from './dialogue.ts'
import { UntrustedBrokerError } from './dialogue.ts'
import { plainDialogue } from './plain.ts'

/** A connection on which nothing else is asked meanwhile. */
export interface AuthenticatedParty {
  readonly address: string
  readonly credentials: SaslCredentials
  readonly environment: Environment
  send<Request, Response>(api: Api<Request, Response>, body: Init<Request>): Promise<Response>
}

/**
 * Says to a broker who the client is. Resolves with how long the broker believes it, in milliseconds; 0: for good.
 * Rejects with {@link AuthenticationError}, or with what became of the connection.
 */
export async function authenticate(party: AuthenticatedParty): Promise<number> {
  const { address, credentials } = party
  const { mechanism } = credentials
  const { errorCode, mechanisms } = await party.send(saslHandshake, { mechanism })
  if (errorCode !== ErrorCode.NONE) throw refusedHandshake(errorCode, mechanisms, party)
  const dialogue = await dialogueOf(credentials, party.environment)
  let message = await trusting(party, () => dialogue.begin())
  for (let count = 0; count < saslMessagesMax; count++) {
    // Each message answers the one before.
    // oxlint-disable-next-line no-await-in-loop
    const response = await party.send(saslAuthenticate, { authBytes: Buffer.from(message) })
    if (response.errorCode !== ErrorCode.NONE) throw refused(response.errorCode, response.errorMessage, party)
    // oxlint-disable-next-line no-await-in-loop
    const next = await trusting(party, () => dialogue.next(response.authBytes))
    if (next === undefined) return Number(response.sessionLifetimeMs)
    message = next
  }
  throw new AuthenticationError(`The authentication by ${mechanism} at ${address} does not come to an end`, {
    address,
    mechanism,
  })
}

async function dialogueOf(credentials: SaslCredentials, environment: Environment): Promise<SaslDialogue> {
  if (credentials.mechanism === 'OAUTHBEARER') {
    const { OAuthBearerDialogue } = await import('./oauthbearer.ts')
    return new OAuthBearerDialogue(credentials.tokens, environment)
  }
  const { mechanism, username, password, isToken } = credentials
  if (mechanism === 'PLAIN') return plainDialogue(username, password)
  const { scramDigest } = await import('@streamwright/protocol/sasl')
  const { ScramDialogue } = await import('./scram.ts')
  return new ScramDialogue(
    present(scramDigest(mechanism), 'Settings name a mechanism that there is'),
    username,
    password,
    isToken,
  )
}

async function trusting<T>(
  { address, credentials: { mechanism } }: AuthenticatedParty,
  speak: () => T | Promise<T>,
): Promise<T> {
  try {
    return await speak()
  } catch (error) {
    if (!(error instanceof UntrustedBrokerError)) throw error
    const message = `This client does not authenticate by ${mechanism} at the broker at ${address}: ${error.message}. Is it the broker that you think it is?`
    throw new AuthenticationError(message, { address, mechanism, cause: error })
  }
}

function refusedHandshake(
  errorCode: number,
  offered: readonly string[],
  { address, credentials: { mechanism } }: AuthenticatedParty,
): AuthenticationError {
  if (errorCode === ErrorCode.UNSUPPORTED_SASL_MECHANISM) {
    const message = `The broker at ${address} does not offer the SASL mechanism ${mechanism}; it offers ${offered.join(', ') || 'none'}: set sasl.mechanism to one of those`
    return new AuthenticationError(message, { address, mechanism, code: 'UNSUPPORTED_SASL_MECHANISM' })
  }
  const why =
    errorCode === ErrorCode.ILLEGAL_SASL_STATE
      ? 'this listener does not authenticate by SASL: give the address of one that does, or security.protocol PLAINTEXT or SSL'
      : errorInfo(errorCode).message
  return new AuthenticationError(`The broker at ${address} refuses to authenticate by ${mechanism}: ${why}`, {
    address,
    mechanism,
  })
}

function refused(
  errorCode: number,
  errorMessage: string | null,
  { address, credentials: { mechanism } }: AuthenticatedParty,
): AuthenticationError {
  const why = errorMessage === null || errorMessage === '' ? errorInfo(errorCode).message : errorMessage
  return new AuthenticationError(
    `The broker at ${address} does not authenticate this client by ${mechanism}: ${why}. ` +
      'Check sasl.mechanism, and the user and password (or token) in sasl.jaas.config or its like',
    { address, mechanism },
  )
}
