import assert from 'node:assert/strict'
import { Reader, Writer } from '@streamwright/protocol'
import { consumerProtocolAssignment } from '@streamwright/protocol/messages/consumer-protocol-assignment'
import { consumerProtocolSubscription } from '@streamwright/protocol/messages/consumer-protocol-subscription'
import { fromHex, toHex } from '@streamwright/std'
import type { MemberSubscription } from '../../packages/client/src/consumer/assignors/index.ts'
import { assignorByName, assignorNames } from '../../packages/client/src/consumer/assignors/index.ts'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import type { Assignment } from './assignment-quality.ts'
import { checkQuality } from './assignment-quality.ts'
import type { ProtocolRun } from './run.ts'

/** A partition in the text form of the vectors: `topic-0`. */
type PartitionText = string

/** `assignors/`: chains of rebalances of one assignor. */
export async function runAssignor({ content, file, report }: ProtocolRun): Promise<void> {
  const assignor = textAt(content, 'assignor')
  for (const [index, chain] of listAt(content, 'cases').entries()) {
    const { seed } = chain
    const name = `${file.label} seed ${typeof seed === 'number' ? seed : index}`
    if ('tasks' in chain || !assignorNames.includes(assignor)) {
      report.skip(name, `the assignor ${assignor} belongs to streams`)
      continue
    }
    try {
      await checkChain(assignor, chain)
    } catch (error) {
      report.fail(name, error instanceof Error ? error.message : String(error))
      continue
    }
    report.pass(name)
  }
}

async function checkChain(name: string, chain: JsonObject): Promise<void> {
  let before: Assignment = new Map()
  for (const [index, round] of listAt(chain, 'rounds').entries()) {
    try {
      before = await checkRound(name, round, before)
    } catch (error) {
      throw new Error(`round ${index}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
}

/** Returns Java's assignment, which is what the next round starts from. */
async function checkRound(name: string, round: JsonObject, before: Assignment): Promise<Assignment> {
  const topics = objectAt(round['topics'], 'topics') as Readonly<Record<string, number>>
  const members = listAt(round, 'members')
  const subscriptions = new Map(members.map((member) => [textAt(member, 'id'), subscriptionOf(member)]))
  const metadata = { partitionCount: (topic: string) => topics[topic], racks: () => [] }
  const answer = await assignorByName(name).assign(metadata, subscriptions)

  const ours = new Map<string, readonly PartitionText[]>()
  for (const [id, { partitions }] of answer) {
    ours.set(
      id,
      partitions.map(({ topic, partition }) => `${topic}-${partition}`),
    )
  }
  const theirs = new Map(Object.entries(objectAt(round['assignment'], 'assignment')) as [string, PartitionText[]][])
  if (round['orderSensitive'] === true) {
    checkQuality(subscriptions, before, ours, theirs)
    return theirs
  }
  assert.deepEqual(Object.fromEntries(ours), Object.fromEntries(theirs), 'assignment')
  for (const [id, hex] of Object.entries(objectAt(round['assignmentBytes'], 'assignmentBytes'))) {
    assert.equal(toHex(assignmentBytes(ours.get(id) ?? [])), hex, `bytes of the assignment of ${id}`)
  }
  return theirs
}

/** The subscription in a member's bytes, after a check that they say what the vector says, in both directions. */
function subscriptionOf(member: JsonObject): MemberSubscription {
  const bytes = fromHex(textAt(member, 'subscription'))
  const reader = new Reader(bytes)
  const version = reader.int16()
  const subscription = consumerProtocolSubscription.decode(reader, version)
  const owned = subscription.ownedPartitions.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  )
  assert.deepEqual(subscription.topics.toSorted(), (member['topics'] as readonly string[]).toSorted(), 'topics')
  assert.equal(subscription.generationId, numberAt(member, 'generation'), 'generation')
  const userData = subscription.userData === null ? null : toHex(subscription.userData)
  assert.equal(userData, member['userData'], 'user data')
  const ownedTexts = owned.map(({ topic, partition }) => `${topic}-${partition}`)
  assert.deepEqual(ownedTexts.toSorted(), (member['owned'] as readonly string[]).toSorted(), 'owned partitions')
  const writer = new Writer()
  writer.int16(version)
  consumerProtocolSubscription.encode(writer, version, subscription)
  assert.equal(toHex(writer.toBuffer()), toHex(bytes), 'subscription, written')
  return {
    topics: subscription.topics,
    userData: subscription.userData,
    ownedPartitions: owned,
    generationId: subscription.generationId,
    rackId: subscription.rackId,
    groupInstanceId: (member['instanceId'] ?? null) as string | null,
  }
}

/** As a leader writes it: topics in the order of their first partition. */
function assignmentBytes(partitions: readonly PartitionText[]): Buffer {
  const byTopic = Map.groupBy(partitions, (text) => text.slice(0, text.lastIndexOf('-')))
  const writer = new Writer()
  writer.int16(consumerProtocolAssignment.maxVersion)
  consumerProtocolAssignment.encode(writer, consumerProtocolAssignment.maxVersion, {
    assignedPartitions: [...byTopic].map(([topic, texts]) => ({
      topic,
      partitions: texts.map((text) => Number(text.slice(text.lastIndexOf('-') + 1))),
    })),
    userData: null,
  })
  return writer.toBuffer()
}
