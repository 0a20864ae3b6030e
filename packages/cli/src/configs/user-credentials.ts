import type { Admin, ScramCredentialAlteration, ScramCredentialInfo } from '@streamwright/client'
import { AdminError } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import type { ScramDigest } from '@streamwright/protocol/sasl'
import { scramDigest } from '@streamwright/protocol/sasl'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

/** Whether a name among a user's settings is that of a SCRAM mechanism: then it is about a password. */
export function isScram(name: string): boolean {
  return scramDigest(name) !== undefined
}

/** What a command line wants of a user's credentials: `SCRAM-SHA-256` → `iterations=8192,password=x`, and those to delete. */
export interface CredentialChanges {
  readonly set: Readonly<Record<string, string>>
  readonly delete: readonly string[]
}

/** Sets and deletes passwords of one user. */
export async function alterCredentials(
  admin: Admin,
  user: string,
  changes: CredentialChanges,
  terminal: Terminal,
): Promise<void> {
  if (user === '') {
    throw new ArgumentError(
      'The use of --entity-default or --user-defaults is not allowed with User SCRAM Credentials using --bootstrap-server.',
    )
  }
  const upsertions = Object.entries(changes.set).map(([name, text]) => upsertionOf(user, name, text))
  const deletions = changes.delete.flatMap((name): ScramCredentialAlteration[] => {
    const digest = scramDigest(name)
    return digest === undefined ? [] : [{ user, mechanism: digest.mechanism }]
  })
  await admin.alterUserScramCredentials([...deletions, ...upsertions])
  terminal.out(`Completed updating config for user ${user}.\n`)
}

/** By which mechanisms a user authenticates. */
export interface UserCredentials {
  readonly name: string
  readonly credentials: readonly ScramCredentialInfo[]
}

/** Those of one user, or of all. A user without any is none of them. */
export async function findCredentials(admin: Admin, user: string | undefined): Promise<UserCredentials[]> {
  try {
    const described = await admin.describeUserScramCredentials(user === undefined ? undefined : [user])
    return [...described].map(([name, credentials]) => ({ name, credentials }))
  } catch (error) {
    const [first] = error instanceof AdminError ? error.errors.values() : []
    if (first instanceof KafkaError && first.errorCode === ErrorCode.RESOURCE_NOT_FOUND) return []
    throw error
  }
}

/** A line for each user. */
export function credentialsText(users: readonly UserCredentials[]): string {
  const lines = users.map(({ name, credentials }) => {
    const text = credentials.map(({ mechanism, iterations }) => `${mechanism}=iterations=${iterations}`).join(', ')
    return `SCRAM credential configs for user-principal '${name}' are ${text}\n`
  })
  return lines.join('')
}

/** `iterations=8192,password=x`; the password may have commas in it, and comes last then. */
function upsertionOf(user: string, name: string, text: string): ScramCredentialAlteration {
  const digest = scramDigest(name)
  const match = /^(?:iterations=(-?\d+),)?password=(.*)$/.exec(text)
  if (digest === undefined || match === null) {
    throw new ArgumentError(`Invalid credential property ${name.replaceAll('-', '_')}=${text}`)
  }
  const [, iterations, password = ''] = match
  return { user, mechanism: digest.mechanism, password, ...checked(iterations, digest) }
}

function checked(text: string | undefined, digest: ScramDigest): { readonly iterations?: number } {
  if (text === undefined || text === '-1') return {}
  const iterations = Number(text)
  if (iterations < digest.iterationsMin) {
    throw new ArgumentError(
      `Iterations ${iterations} is less than the minimum ${digest.iterationsMin} required for ${digest.mechanism}`,
    )
  }
  if (iterations > digest.iterationsMax) {
    throw new ArgumentError(
      `Iterations ${iterations} is greater than the maximum ${digest.iterationsMax} required for ${digest.mechanism}`,
    )
  }
  return { iterations }
}
