import assert from 'node:assert/strict'
import { ErrorCode } from '@streamwright/protocol'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { metadata } from '@streamwright/protocol/messages/metadata'
import type { Random } from '@streamwright/std'
import { seededRandom } from '@streamwright/std'
import type { Broker } from '../../../src/index.ts'
import { startBroker } from '../../../src/index.ts'
import { MemoryStorage } from '../../../src/log/memory-storage.ts'
import { fakeEnvironment } from '../../support/fake-environment.ts'
import { KilledStorage } from '../../support/killed-storage.ts'
import { ProtocolClient } from '../../support/protocol-client.ts'
import { ConsumerClient, createTopic, describeGroup } from './consumer-client.ts'

const topicNames = ['topic-a', 'topic-b', 'topic-c']
const rebalanceTimeoutMs = 120_000

/** What members are subscribed to. */
interface Subscription {
  readonly subscribedTopicNames: readonly string[]
  readonly subscribedTopicRegex: string
}

/**
 * A consumer: it has what it was given from the answer on, takes its time to give up what it is to lose, and says so
 * then. What it does not hear because the broker dies, it asks for again.
 */
class SimulatedMember {
  readonly id: string
  readonly instanceId: string | null
  subscription: Subscription
  epoch = 0
  /** `topicId:partition`. */
  owned: ReadonlySet<string> = new Set()
  #target: ReadonlySet<string> = new Set()
  #stepsToRevocation = 0
  #saysAll = true
  #lastTold = ''
  lastHeardMs = 0

  constructor(id: string, instanceId: string | null, subscription: Subscription) {
    this.id = id
    this.instanceId = instanceId
    this.subscription = subscription
  }

  subscribe(subscription: Subscription): void {
    this.subscription = subscription
    this.#saysAll = true
  }

  /** One heartbeat. `patience`: how many it may take to give something up. */
  async beat(connection: ProtocolClient, random: Random, patience: number): Promise<void> {
    if (this.#stepsToRevocation > 0) this.#stepsToRevocation -= 1
    else this.owned = new Set([...this.owned].filter((place) => this.#target.has(place)))
    const joins = this.epoch === 0
    if (joins) this.#forgetAll()
    const saysAll = joins || this.#saysAll || random.below(5) === 0
    const isNews = [...this.owned].toSorted().join() !== this.#lastTold
    const client = new ConsumerClient(connection, this.id, { instanceId: this.instanceId })
    this.#saysAll = true
    const answer = await client.send({
      memberEpoch: this.epoch,
      ...(saysAll && { ...this.subscription, rebalanceTimeoutMs }),
      topicPartitions: saysAll || isNews ? placesOf(this.owned) : null,
    })
    if (answer.errorCode === ErrorCode.UNRELEASED_INSTANCE_ID) return
    if (answer.errorCode === ErrorCode.FENCED_MEMBER_EPOCH || answer.errorCode === ErrorCode.UNKNOWN_MEMBER_ID) {
      this.epoch = 0
      return this.#forgetAll()
    }
    assert.equal(answer.errorCode, ErrorCode.NONE, answer.errorMessage ?? '')
    this.#saysAll = false
    this.#lastTold = [...this.owned].toSorted().join()
    this.epoch = answer.memberEpoch
    if (answer.assignment === null) return
    this.#target = new Set(
      answer.assignment.topicPartitions.flatMap(({ topicId, partitions }) =>
        partitions.map((each) => `${topicId}:${each}`),
      ),
    )
    const hasToRevoke = [...this.owned].some((place) => !this.#target.has(place))
    if (hasToRevoke && this.#stepsToRevocation === 0) this.#stepsToRevocation = random.below(patience)
    this.owned = new Set([...this.owned, ...this.#target])
  }

  #forgetAll(): void {
    this.owned = new Set()
    this.#target = new Set()
    this.#stepsToRevocation = 0
    this.#lastTold = ''
  }
}

function placesOf(owned: ReadonlySet<string>): { topicId: string; partitions: number[] }[] {
  const lists = new Map<string, number[]>()
  for (const place of owned) {
    const [topicId = '', partition] = place.split(':')
    lists.set(topicId, [...(lists.get(topicId) ?? []), Number(partition)])
  }
  return [...lists].map(([topicId, partitions]) => ({ topicId, partitions }))
}

/** A group at work while everything happens to it that may. Nothing is ever given to two members at a time. */
export class SimulatedGroup {
  readonly #random: Random
  readonly #environment = fakeEnvironment()
  readonly #members = new Map<string, SimulatedMember>()
  readonly #topicIds = new Map<string, string>()
  #storage = new KilledStorage(new MemoryStorage(), Infinity)
  #broker: Broker | undefined
  #connection: ProtocolClient | undefined
  #created = 0
  kills = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  async run(steps: number): Promise<void> {
    await this.#start()
    for (const name of topicNames.slice(1)) await this.#createTopic(name)
    for (let step = 0; step < steps; step++) {
      if (this.#storage.isKilled) await this.#restart()
      try {
        await this.#step()
      } catch (error) {
        if (!this.#storage.isKilled) throw error
      }
      this.#checkOwners()
    }
    if (this.#storage.isKilled) await this.#restart()
    this.#storage.killAfter(Infinity)
    await this.#converge()
    await this.#broker?.close()
  }

  async #step(): Promise<void> {
    const choice = this.#random.below(100)
    const member = this.#anyMember()
    if (choice < 12 || member === undefined) this.#join()
    else if (choice < 16) this.#members.delete(member.id)
    else if (choice < 20) await this.#leave(member)
    else if (choice < 24) member.subscribe(this.#subscription())
    else if (choice < 28) await this.#changeTopics()
    else if (choice < 30) this.#storage.killAfter(this.#random.below(6))
    else if (choice < 31) await this.#restart()
    else await this.#beat(member)
    await this.#environment.advance(this.#random.below(1500))
    for (const each of this.#members.values()) if (this.#nowMs - each.lastHeardMs > 20_000) await this.#beat(each)
  }

  #anyMember(): SimulatedMember | undefined {
    const members = [...this.#members.values()]
    return members.length === 0 ? undefined : members[this.#random.below(members.length)]
  }

  #join(): void {
    if (this.#members.size >= 8) return
    const number = this.#created++
    const instance = this.#random.below(3) === 0 ? `instance-${this.#random.below(3)}` : null
    if ([...this.#members.values()].some(({ instanceId }) => instanceId !== null && instanceId === instance)) return
    const member = new SimulatedMember(`member-${number}`, instance, this.#subscription())
    member.lastHeardMs = this.#nowMs
    this.#members.set(member.id, member)
  }

  async #leave(member: SimulatedMember): Promise<void> {
    this.#members.delete(member.id)
    const epoch = member.instanceId !== null && this.#random.below(2) === 0 ? -2 : -1
    const client = new ConsumerClient(this.#client, member.id, { instanceId: member.instanceId })
    await client.leave(epoch)
  }

  async #beat(member: SimulatedMember): Promise<void> {
    await member.beat(this.#client, this.#random, 6)
    member.lastHeardMs = this.#nowMs
  }

  #subscription(): Subscription {
    const kind = this.#random.below(4)
    if (kind === 0) return { subscribedTopicNames: [], subscribedTopicRegex: 'topic-[ab]' }
    const all = { subscribedTopicNames: topicNames, subscribedTopicRegex: '' }
    return kind === 1 ? { ...all, subscribedTopicNames: topicNames.slice(0, 1 + this.#random.below(3)) } : all
  }

  async #changeTopics(): Promise<void> {
    const name = topicNames[this.#random.below(topicNames.length)] ?? ''
    const topicId = this.#topicIds.get(name)
    if (topicId === undefined) return this.#createTopic(name)
    if (this.#random.below(2) === 0) {
      this.#topicIds.delete(name)
      await this.#client.send(deleteTopics, 6, { topics: [{ name }], timeoutMs: 1000 })
      return
    }
    const topics = [{ name, count: 4 + this.#random.below(8), assignments: null }]
    await this.#client.send(createPartitions, 3, { topics, timeoutMs: 1000 })
  }

  async #createTopic(name: string): Promise<void> {
    const topicId = await createTopic(this.#client, 1 + this.#random.below(6), name)
    this.#topicIds.set(name, topicId)
  }

  async #start(): Promise<void> {
    const { survivor } = this.#storage
    this.#storage = new KilledStorage(survivor, Infinity)
    const environment = this.#environment
    this.#broker = await startBroker({ listen: false, dataDirectory: '/data', storage: this.#storage, environment })
    this.#connection = new ProtocolClient(this.#broker.connect())
    this.#storage.onKill = () => void this.#connection?.stream.destroy()
  }

  async #restart(): Promise<void> {
    if (this.#storage.isKilled) this.kills += 1
    else this.#storage.killAfter(Infinity)
    await this.#broker?.close()
    await this.#start()
  }

  #checkOwners(): void {
    const owners = new Map<string, string>()
    for (const { id, owned } of this.#members.values()) {
      for (const place of owned) {
        assert.equal(owners.get(place), undefined, `${place} is given to ${id} while ${owners.get(place)} has it`)
        owners.set(place, id)
      }
    }
  }

  /** With nothing more happening, every partition comes to have an owner, and all have equally many. */
  async #converge(): Promise<void> {
    if (this.#members.size === 0) this.#join()
    for (let round = 0; round < 80; round++) {
      await this.#environment.advance(1000)
      for (const member of this.#members.values()) {
        await member.beat(this.#client, this.#random, 1)
        this.#checkOwners()
      }
      await this.#environment.settle()
    }
    await this.#lookUpTopics()
    const group = await describeGroup(this.#client)
    assert.equal(group.groupState, 'Stable')
    this.#checkIsComplete(group)
  }

  #checkIsComplete(group: Awaited<ReturnType<typeof describeGroup>>): void {
    const members = [...this.#members.values()]
    assert.deepEqual(group.members.map(({ memberId }) => memberId).toSorted(), members.map(({ id }) => id).toSorted())
    const expected = new Set<string>()
    for (const { targetAssignment } of group.members) {
      for (const { topicId, partitions } of targetAssignment.topicPartitions) {
        for (const partition of partitions) expected.add(`${topicId}:${partition}`)
      }
    }
    const owned = members.flatMap((member) => [...member.owned])
    assert.deepEqual(owned.toSorted(), [...expected].toSorted())
    const wanted = members.flatMap(({ subscription }) => this.#topicsOf(subscription))
    const assigned = new Set([...expected].map((place) => place.split(':')[0]))
    assert.deepEqual(assigned, new Set(wanted.flatMap((name) => this.#topicIds.get(name) ?? [])))
    const isSame = new Set(members.map(({ subscription }) => JSON.stringify(subscription))).size === 1
    const loads = members.map((member) => member.owned.size)
    if (isSame) assert.ok(Math.max(...loads) - Math.min(...loads) <= 1, `balanced: ${loads.join()}`)
  }

  /** What became of changes whose answer was lost. */
  async #lookUpTopics(): Promise<void> {
    const request = { topics: topicNames.map((name) => ({ name })), allowAutoTopicCreation: false }
    const { topics } = await this.#client.send(metadata, 12, request)
    this.#topicIds.clear()
    for (const { name, topicId, errorCode } of topics) if (errorCode === 0) this.#topicIds.set(name ?? '', topicId)
  }

  #topicsOf({ subscribedTopicNames, subscribedTopicRegex }: Subscription): readonly string[] {
    return subscribedTopicRegex === '' ? subscribedTopicNames : topicNames.slice(0, 2)
  }

  get #client(): ProtocolClient {
    if (this.#storage.isKilled) throw new Error('The broker was killed')
    assert.ok(this.#connection !== undefined)
    return this.#connection
  }

  get #nowMs(): number {
    return this.#environment.clock.wallMs()
  }
}
