import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '@streamwright/protocol'
import { AclOperation, ApiKey, ErrorCode, loadApi } from '@streamwright/protocol'
import { createAcls } from '@streamwright/protocol/messages/create-acls'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteAcls } from '@streamwright/protocol/messages/delete-acls'
import { describeAcls } from '@streamwright/protocol/messages/describe-acls'
import { findCoordinator } from '@streamwright/protocol/messages/find-coordinator'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { metadata } from '@streamwright/protocol/messages/metadata'
import type { AccessCase, Need } from '../../../packages/broker/test/security/access-case.ts'
import { errorsOf, existingTopic } from '../../../packages/broker/test/security/access-case.ts'
import { aclOf, everyAcl } from '../../../packages/broker/test/security/secured-broker.ts'
import type { ProtocolClient } from '../../../packages/broker/test/support/protocol-client.ts'

/** What is asked of: a connection of the super user `admin`, and ways to others. */
export interface AskedBroker {
  readonly admin: ProtocolClient
  connect(user: string): Promise<ProtocolClient>
}

/** Who has the permissions that a case is about. */
const user = 'user'

/** One of the two brokers, made ready: there is a topic, and there are coordinators. */
export class PreparedBroker {
  readonly #broker: AskedBroker
  readonly #topicIds: ReadonlyMap<string, string>

  private constructor(broker: AskedBroker, topicIds: ReadonlyMap<string, string>) {
    this.#broker = broker
    this.#topicIds = topicIds
  }

  static async prepare(broker: AskedBroker): Promise<PreparedBroker> {
    const { admin } = broker
    await admin.send(createTopics, 7, {
      topics: [{ name: existingTopic, numPartitions: 1, replicationFactor: 1 }],
      timeoutMs: 10_000,
    })
    for (const keyType of [0, 1]) {
      await eventually(async () => {
        const { coordinators } = await admin.send(findCoordinator, 4, { keyType, coordinatorKeys: ['warm-up'] })
        return coordinators[0]?.errorCode === ErrorCode.NONE
      })
    }
    await eventually(async () => {
      const body = { transactionalId: null, transactionTimeoutMs: 1000 }
      return (await admin.send(initProducerId, 4, body)).errorCode === ErrorCode.NONE
    })
    const topicIds = new Map<string, string>()
    await eventually(async () => {
      const { topics } = await admin.send(metadata, 12, { topics: null })
      for (const { name, topicId } of topics) topicIds.set(name ?? '', topicId)
      return topics.some(({ name, partitions }) => name === existingTopic && partitions[0]?.leaderId === 1)
    })
    return new PreparedBroker(broker, topicIds)
  }

  /** The answer to a request of somebody who has these permissions, and no others. */
  async askWith(each: AccessCase, needs: readonly Need[]): Promise<unknown> {
    const { admin } = this.#broker
    const principal = `User:${user}`
    const creations = needs.map(({ operation, resourceType, name }) =>
      aclOf({ principal, operation, resourceType, resourceName: name }),
    )
    await admin.send(deleteAcls, 3, { filters: [{ ...everyAcl, principalFilter: principal }] })
    if (creations.length > 0) await admin.send(createAcls, 3, { creations })
    await eventually(async () => {
      const { resources } = await admin.send(describeAcls, 3, { ...everyAcl, principalFilter: principal })
      return resources.flatMap(({ acls }) => acls).length === creations.length
    })
    const api = (await loadApi(each.apiKey)) as Api<object, object>
    const client = await this.#broker.connect(user)
    try {
      return comparable(await client.send(api, each.version, each.body(this.#topicIds)))
    } finally {
      client.close()
    }
  }

  /** The answer to a request of the super user, or that there was none. */
  async askAsAdmin<Request, Response>(api: Api<Request, Response>, version: number, body: object): Promise<unknown> {
    const client = await this.#broker.connect('admin')
    try {
      return comparable(await client.send(api, version, body as never))
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    } finally {
      client.close()
    }
  }
}

/** Both brokers answer alike to each case, with all that it needs, and with each of these missing. */
export async function answerAlike(
  ours: PreparedBroker,
  kafka: PreparedBroker,
  cases: readonly AccessCase[],
): Promise<number> {
  const differences: string[] = []
  let count = 0
  for (const each of cases) {
    const grants = [...each.needs.map((need) => each.needs.filter((other) => other !== need)), each.needs]
    for (const needs of grants) {
      const told = tellsOfItself.has(each.apiKey) ? errorsOf : whole
      const own = told(await ours.askWith(each, needs))
      const theirs = told(await kafka.askWith(each, needs))
      count += 1
      const has = needs.map(({ operation, name }) => `${nameOfOperation(operation)} ${name}`).join(', ')
      const what = `API ${each.apiKey} v${each.version} ${each.name ?? ''} with ${has === '' ? 'nothing' : has}`
      note(differences, what, own, theirs)
    }
  }
  assert.equal(differences.length, 0, differences.join('\n'))
  return count
}

/** What these answer beside errors is about the broker itself. */
const tellsOfItself: ReadonlySet<number> = new Set([
  ApiKey.DescribeLogDirs,
  ApiKey.DescribeUserScramCredentials,
  ApiKey.DescribeQuorum,
])

function whole(answer: unknown): unknown {
  return answer
}

/** Adds what differs between two answers. */
export function note(differences: string[], what: string, own: unknown, theirs: unknown): void {
  const [ourText, theirText] = [JSON.stringify(own), JSON.stringify(theirs)]
  if (ourText !== theirText) differences.push(`${what}\n  ours  ${ourText}\n  Kafka ${theirText}`)
}

function nameOfOperation(operation: number): string {
  return Object.entries(AclOperation).find(([, code]) => code === operation)?.[0] ?? String(operation)
}

const volatile: ReadonlySet<string> = new Set([
  ...['throttleTimeMs', 'nodeId', 'host', 'port', 'brokers', 'clusterId', 'controllerId', 'leaderId', 'leaderEpoch'],
  ...['topicId', 'producerId', 'sessionId', 'records', 'highWatermark', 'lastStableOffset', 'logStartOffset'],
  ...['baseOffset', 'logAppendTimeMs', 'offset', 'endOffset', 'lowWatermark', 'timestamp', 'coordinatorEpoch'],
  ...['unknownTags', 'nodeEndpoints', 'configs', 'divergingEpoch', 'isrNodes', 'replicaNodes', 'offlineReplicas'],
  ...['eligibleLeaderReplicas', 'lastKnownElr'],
])

/** Without what differs from broker to broker, and from moment to moment; lists have no order. */
function comparable(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
  if (Array.isArray(value)) {
    return value.map(comparable).toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .filter(([name]) => !volatile.has(name))
      .filter(([name]) => !(name === 'errorMessage' && isWithoutMeaning(value)))
      .map(([name, member]) => [name, comparable(member)]),
  )
}

/** No message is null or empty; that of a request that is refused as a whole has all of the request in it. */
function isWithoutMeaning(value: object): boolean {
  const { errorCode, errorMessage } = value as { readonly errorCode?: unknown; readonly errorMessage?: unknown }
  return errorMessage === null || errorMessage === '' || errorCode === ErrorCode.CLUSTER_AUTHORIZATION_FAILED
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await condition()) return
    await sleep(25)
  }
  throw new Error('A broker did not come to be as it should within 10 s')
}
