import { randomBytes } from 'node:crypto'
import { ErrorCode } from '@streamwright/protocol'
import type { ScramDigest } from '@streamwright/protocol/sasl'
import { saltedPassword, scramDigest, scramDigests, scramKeys } from '@streamwright/protocol/sasl'
import { ConfigurationError, present } from '@streamwright/std'
import { scramSaltBytes } from '../limits.ts'
import type { MetadataLog } from '../metadata/metadata-log.ts'
import type { MetadataRecord } from '../metadata/metadata-record.ts'
import type { ScramCredential } from './scram-credential.ts'
import { scramCredentialKey } from './scram-credential.ts'

/** A credential by its mechanism's number. */
interface ScramDeletion {
  readonly name: string
  readonly mechanism: number
}

/** A credential as AlterUserScramCredentials brings it: the client has salted the password. */
interface ScramUpsertion extends ScramDeletion {
  readonly iterations: number
  readonly salt: Buffer
  readonly saltedPassword: Buffer
}

/** What has become of a user's alterations. */
export interface ScramOutcome {
  readonly user: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** A user that is there from the first start on. */
export interface ScramUser {
  readonly name: string
  readonly password: string
  /** Default: SCRAM-SHA-256. */
  readonly mechanism?: 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  /** Default: 4096. */
  readonly iterations?: number
}

type Problem = Pick<ScramOutcome, 'errorCode' | 'errorMessage'>

/** Changes credentials, with Kafka's rules: one of each user. */
export async function alterScramCredentials(
  metadata: MetadataLog,
  deletions: readonly ScramDeletion[],
  upsertions: readonly ScramUpsertion[],
): Promise<ScramOutcome[]> {
  const problems = new Map<string, Problem>()
  const seen = new Set<string>()
  const note = (user: string, problem: Problem | undefined): void => {
    if (problem !== undefined && !problems.has(user)) problems.set(user, problem)
  }
  for (const { name, mechanism } of [...deletions, ...upsertions]) {
    // One alteration for each user, whatever the mechanism.
    note(name, problemOf(name, mechanism) ?? (seen.has(name) ? alteredTwice : undefined))
    seen.add(name)
  }
  for (const { name, mechanism } of deletions) {
    const key = scramCredentialKey({ user: name, mechanism })
    note(name, metadata.state.scramCredentials.has(key) ? undefined : doesNotExist)
  }
  for (const upsertion of upsertions) note(upsertion.name, iterationsProblem(upsertion))
  const users = [...new Set([...deletions, ...upsertions].map(({ name }) => name))]
  const records: MetadataRecord[] = [
    ...deletions
      .filter(({ name }) => !problems.has(name))
      .map(({ name, mechanism }) => ({ kind: 'scramDeleted', user: name, mechanism }) as const),
    ...upsertions
      .filter(({ name }) => !problems.has(name))
      .map((upsertion) => ({ kind: 'scram', credential: credentialOf(upsertion) }) as const),
  ]
  if (records.length > 0) await metadata.append(...records)
  return users.map((user) => ({ user, ...(problems.get(user) ?? { errorCode: ErrorCode.NONE, errorMessage: null }) }))
}

/** The credentials of users, by user; the mechanism with the longer digest first, as Kafka lists them. */
export function scramCredentialsByUser(metadata: MetadataLog): Map<string, ScramCredential[]> {
  const users = new Map<string, ScramCredential[]>()
  for (const credential of metadata.state.scramCredentials.values()) {
    const own = users.get(credential.user)
    if (own === undefined) users.set(credential.user, [credential])
    else own.push(credential)
  }
  for (const own of users.values()) own.sort((left, right) => right.mechanism - left.mechanism)
  return users
}

/** Adds users that are not there yet. Who has a credential keeps it: its password may have been changed since. */
export async function addScramUsers(metadata: MetadataLog, users: readonly ScramUser[]): Promise<void> {
  const missing = users
    .map((user) => ({ user, digest: digestOf(user) }))
    .filter(({ user, digest }) => {
      return !metadata.state.scramCredentials.has(scramCredentialKey({ user: user.name, mechanism: digest.code }))
    })
  const upsertions = await Promise.all(
    missing.map(async ({ user: { name, password, iterations }, digest }) => {
      const salt = randomBytes(scramSaltBytes)
      const count = iterations ?? digest.iterationsMin
      const salted = await saltedPassword(digest, password, salt, count)
      return { name, mechanism: digest.code, iterations: count, salt, saltedPassword: salted }
    }),
  )
  const outcomes = await Promise.all(upsertions.map((upsertion) => alterScramCredentials(metadata, [], [upsertion])))
  const failed = outcomes.flat().find(({ errorCode }) => errorCode !== ErrorCode.NONE)
  if (failed === undefined) return
  throw new ConfigurationError(`The SCRAM user ${failed.user} cannot be added: ${failed.errorMessage ?? ''}`)
}

function digestOf({ name, mechanism = 'SCRAM-SHA-256' }: ScramUser): ScramDigest {
  const digest = scramDigest(mechanism)
  if (digest !== undefined) return digest
  throw new ConfigurationError(
    `The SCRAM user ${name} has mechanism ${mechanism}: it must be SCRAM-SHA-256 or SCRAM-SHA-512`,
  )
}

const alteredTwice: Problem = {
  errorCode: ErrorCode.DUPLICATE_RESOURCE,
  errorMessage: 'A user credential cannot be altered twice in the same request',
}
const doesNotExist: Problem = {
  errorCode: ErrorCode.RESOURCE_NOT_FOUND,
  errorMessage: 'Attempt to delete a user credential that does not exist',
}

function problemOf(user: string, mechanism: number): Problem | undefined {
  if (user === '') return { errorCode: ErrorCode.UNACCEPTABLE_CREDENTIAL, errorMessage: 'Username must not be empty' }
  if (scramDigests.some(({ code }) => code === mechanism)) return undefined
  return { errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM, errorMessage: 'Unknown SCRAM mechanism' }
}

function iterationsProblem({ mechanism, iterations }: ScramUpsertion): Problem | undefined {
  const digest = scramDigests.find(({ code }) => code === mechanism)
  if (digest === undefined) return undefined
  const { UNACCEPTABLE_CREDENTIAL: errorCode } = ErrorCode
  if (iterations < digest.iterationsMin) return { errorCode, errorMessage: 'Too few iterations' }
  return iterations > digest.iterationsMax ? { errorCode, errorMessage: 'Too many iterations' } : undefined
}

function credentialOf({ name, mechanism, iterations, salt, saltedPassword: salted }: ScramUpsertion): ScramCredential {
  const digest = present(
    scramDigests.find(({ code }) => code === mechanism),
    'A mechanism is checked before it is used',
  )
  const { storedKey, serverKey } = scramKeys(digest, salted)
  return {
    user: name,
    mechanism,
    iterations,
    salt: salt.toString('base64'),
    storedKey: storedKey.toString('base64'),
    serverKey: serverKey.toString('base64'),
  }
}
