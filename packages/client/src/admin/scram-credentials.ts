import type { Init } from '@streamwright/protocol'
import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import type { AlterUserScramCredentialsRequest } from '@streamwright/protocol/messages/alter-user-scram-credentials'
import { alterUserScramCredentials } from '@streamwright/protocol/messages/alter-user-scram-credentials'
import { describeUserScramCredentials } from '@streamwright/protocol/messages/describe-user-scram-credentials'
import type { ScramDigest, ScramMechanism } from '@streamwright/protocol/sasl'
import { ConfigurationError } from '@streamwright/std'
import { scramSaltBytes } from '../limits.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** How a user's password is kept by the cluster. Nobody is told the password, or what is made of it. */
export interface ScramCredentialInfo {
  readonly mechanism: ScramMechanism
  readonly iterations: number
}

/** A change of what a cluster keeps of a user's password. */
export interface ScramCredentialUpsertion extends Pick<ScramCredentialInfo, 'mechanism'> {
  readonly user: string
  readonly password: string
  /** Default: 4096, the fewest. At most 16384. */
  readonly iterations?: number
  /** Default: random bytes. */
  readonly salt?: Uint8Array
}

/** A mechanism that a user shall not authenticate by any more. */
export interface ScramCredentialDeletion extends Pick<ScramCredentialInfo, 'mechanism'> {
  readonly user: string
}

/** With a password it sets a credential, without one it deletes it. */
export type ScramCredentialAlteration = ScramCredentialUpsertion | ScramCredentialDeletion

/** No users: all that have credentials. */
export async function describeScramUsers(
  calls: AdminCalls,
  users: readonly string[] | undefined,
  options: AdminOptions,
): Promise<Map<string, ScramCredentialInfo[]>> {
  const what = 'Describing SCRAM credentials'
  const { scramDigests } = await import('@streamwright/protocol/sasl')
  const ask = async (names: readonly string[] | null, timeoutMs: number): Promise<Outcomes<ScramCredentialInfo[]>> => {
    const request = { users: names === null ? null : names.map((name) => ({ name })) }
    const response = await calls.cluster.send('any', describeUserScramCredentials, request, { timeoutMs })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, response.errorMessage)
    const described = response.results.map(({ user, errorCode, errorMessage, credentialInfos }) => {
      const infos = credentialInfos.flatMap(({ mechanism, iterations }) => {
        const digest = scramDigests.find(({ code }) => code === mechanism)
        return digest === undefined ? [] : [{ mechanism: digest.mechanism, iterations }]
      })
      return [user, outcome(infos, errorCode, `user ${user}`, errorMessage)] as const
    })
    return new Map(described)
  }
  if (users !== undefined) return calls.each(what, users, options, ask)
  const found = await calls.whole(what, options, (timeoutMs) => ask(null, timeoutMs))
  return new Map([...found].flatMap(([user, infos]) => (infos instanceof KafkaError ? [] : [[user, infos] as const])))
}

/** Brokers take one alteration of a user at a time: further ones go in further requests. */
export async function alterScramUsers(
  calls: AdminCalls,
  alterations: readonly ScramCredentialAlteration[],
  options: AdminOptions,
): Promise<void> {
  for (let rest = alterations; rest.length > 0;) {
    const firsts = new Map(rest.toReversed().map((each) => [each.user, each]))
    const round = new Set(firsts.values())
    // oxlint-disable-next-line no-await-in-loop
    await alterEachUser(calls, [...round], options)
    rest = rest.filter((each) => !round.has(each))
  }
}

/** The password is salted here: the cluster never gets it. */
async function alterEachUser(
  calls: AdminCalls,
  alterations: readonly ScramCredentialAlteration[],
  options: AdminOptions,
): Promise<void> {
  const deletions = alterations.filter((each) => !('password' in each))
  const upsertions = alterations.filter((each) => 'password' in each)
  const made = await Promise.all([
    ...deletions.map(async (each) => ({ name: each.user, mechanism: (await digestOf(each)).code })),
    ...upsertions.map(saltedUpsertion),
  ])
  const users = alterations.map(({ user }) => user)
  await calls.each('Altering SCRAM credentials', users, options, async (open, timeoutMs) => {
    const own = made.filter(({ name }) => open.includes(name))
    const request = {
      deletions: own.filter((each) => !('salt' in each)),
      upsertions: own.filter((each) => 'salt' in each),
    }
    const response = await calls.cluster.send('controller', alterUserScramCredentials, request, { timeoutMs })
    const outcomes = response.results.map(({ user, errorCode, errorMessage }) => {
      return [user, outcome(true, errorCode, `user ${user}`, errorMessage)] as const
    })
    return new Map(outcomes)
  })
}

type UpsertionInit = NonNullable<Init<AlterUserScramCredentialsRequest>['upsertions']>[number]

async function saltedUpsertion(
  upsertion: ScramCredentialUpsertion,
): Promise<UpsertionInit & { readonly name: string }> {
  const digest = await digestOf(upsertion)
  const { randomBytes } = await import('node:crypto')
  const { saltedPassword } = await import('@streamwright/protocol/sasl')
  const { user, password, iterations = digest.iterationsMin } = upsertion
  const salt = Buffer.from(upsertion.salt ?? randomBytes(scramSaltBytes))
  return {
    name: user,
    mechanism: digest.code,
    iterations,
    salt,
    saltedPassword: await saltedPassword(digest, password, salt, Math.max(1, iterations)),
  }
}

async function digestOf({ mechanism }: Pick<ScramCredentialInfo, 'mechanism'>): Promise<ScramDigest> {
  const { scramDigest } = await import('@streamwright/protocol/sasl')
  const digest = scramDigest(mechanism)
  if (digest !== undefined) return digest
  throw new ConfigurationError(`There is no SCRAM mechanism ${mechanism}: give SCRAM-SHA-256 or SCRAM-SHA-512`)
}
