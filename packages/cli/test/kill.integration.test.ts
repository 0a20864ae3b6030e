import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { delay, environmentWith, seededRandom, silentLog, systemTimers } from '@streamwright/std'
import type { Random } from '@streamwright/std'
import { KafkaStreams } from '@streamwright/streams'
import type { ReadOnlyKeyValueStore, ValueAndTimestamp } from '@streamwright/streams'
import {
  applicationId,
  changelogTopic,
  countingTopology,
  inputTopic,
  outputTopic,
  storeName,
} from './support/counting-topology.ts'
import type { KillableProcess } from './support/killable-process.ts'
import { startProcess } from './support/killable-process.ts'

const partitions = 2
const words = ['kafka', 'streams', 'lead', 'hello', 'summit', 'join']
const environment = environmentWith({ log: silentLog })
/** `STREAMWRIGHT_KILL_ROUNDS=50 STREAMWRIGHT_SEED=3` makes a long run of it. */
const rounds = Number(process.env['STREAMWRIGHT_KILL_ROUNDS'] ?? 3)
const seed = Number(process.env['STREAMWRIGHT_SEED'] ?? 1)
/** What everything may take after the last kill: sessions to expire, state to be restored, records to be repeated. */
const settleMs = 20_000

type Victim = 'application' | 'broker' | 'both'

/** Broker and application, both killable, and a producer in this process that lives on. */
class Cluster {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'streamwright-kill-'))
  readonly #random: Random
  #broker: KillableProcess | undefined
  #application: KillableProcess | undefined
  #port = '0'

  constructor(random: Random) {
    this.#random = random
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.#port}`
  }

  get stateDirectory(): string {
    return join(this.directory, 'state')
  }

  async startBroker(): Promise<void> {
    const program = join(import.meta.dirname, 'support/killable-broker.ts')
    this.#broker = await startProcess(program, [join(this.directory, 'data'), this.#port])
    this.#port = this.#broker.said
  }

  async startApplication(): Promise<void> {
    const program = join(import.meta.dirname, 'support/counting-application.ts')
    this.#application = await startProcess(program, [this.bootstrapServers, this.stateDirectory])
  }

  /** Kills, in the middle of whatever goes on, and starts again what was killed. */
  async strike(victim: Victim): Promise<void> {
    await delay(systemTimers, 100 + this.#random.below(400))
    const application = victim === 'broker' ? undefined : this.#application
    const broker = victim === 'application' ? undefined : this.#broker
    await Promise.all([application, broker].map((process) => process?.kill() ?? Promise.resolve()))
    if (victim !== 'application') await this.startBroker()
    if (victim !== 'broker') await this.startApplication()
  }

  async killApplication(): Promise<void> {
    await this.#application?.kill()
    this.#application = undefined
  }

  async remove(): Promise<void> {
    await this.killApplication()
    await this.#broker?.kill()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** Fewer lines were no load. */
const linesMin = 100

/** Sends lines as fast as they are acknowledged, until it is told to stop. Each line ends with a number of its own. */
class Load {
  readonly acknowledged: string[] = []
  readonly #producer: Producer
  readonly #random: Random
  readonly #stopped = new AbortController()
  #done: Promise<void>

  constructor(bootstrapServers: string, random: Random) {
    this.#random = random
    this.#producer = new Producer({ bootstrapServers, lingerMs: 1 }, environment)
    this.#done = this.#run()
  }

  /** Goes on until there was a load to speak of, which a machine with other work may take a while for. */
  async stop(): Promise<void> {
    while (this.acknowledged.length <= linesMin) await delay(systemTimers, 50)
    this.#stopped.abort()
    await this.#done
    await this.#producer.close()
  }

  async #run(): Promise<void> {
    const lane = async (number: number): Promise<void> => {
      for (let count = 0; !this.#stopped.signal.aborted; count++) {
        const line = `${this.#word()} ${this.#word()} ${number}-${count}`
        await this.#producer.send({ topic: inputTopic, partition: number % partitions, value: line })
        this.acknowledged.push(line)
      }
    }
    await Promise.all(Array.from({ length: 8 }, (_none, number) => lane(number)))
  }

  #word(): string {
    return words[this.#random.below(words.length)] ?? ''
  }
}

interface Read {
  readonly partition: number
  readonly key: string
  readonly value: Buffer | null
}

async function readAll(bootstrapServers: string, topic: string): Promise<Read[]> {
  const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest' }, environment)
  const places = Array.from({ length: partitions }, (_none, partition) => ({ topic, partition }))
  consumer.assign(places)
  const ends = await consumer.endOffsets(places)
  const read: Read[] = []
  const isBehind = async (): Promise<boolean> => {
    for (const place of places) {
      if ((await consumer.position(place)) < (ends.get(`${topic}-${place.partition}`) ?? 0)) return true
    }
    return false
  }
  while (await isBehind()) {
    for (const { partition, key, value } of eachRecord(await consumer.poll(100))) {
      read.push({ partition, key: key?.toString() ?? '', value: value === null ? null : Buffer.from(value) })
    }
  }
  await consumer.close()
  return read
}

function lastCounts(records: readonly Read[]): Map<string, number> {
  return new Map(records.map(({ key, value }) => [key, Number(value?.readBigInt64BE())] as const))
}

function truth(lines: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) for (const word of line.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Resolves with the counts when each is at least the truth. */
async function settledCounts(
  bootstrapServers: string,
  expected: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const { clock } = environment
  const endMs = clock.monotonicMs() + settleMs
  for (;;) {
    const counts = lastCounts(await readAll(bootstrapServers, outputTopic))
    const short = [...expected].filter(([word, count]) => (counts.get(word) ?? 0) < count)
    if (short.length === 0) return counts
    if (clock.monotonicMs() > endMs) {
      assert.deepEqual(
        short.map(([word, count]) => `${word}: ${counts.get(word)} of ${count}`),
        [],
        `every count is at least the truth after ${settleMs} ms`,
      )
    }
    await delay(systemTimers, 50)
  }
}

/** What the stores hold when the application runs on this state. */
async function storedCounts(bootstrapServers: string, stateDir: string): Promise<Map<string, number>> {
  const config = {
    applicationId,
    bootstrapServers,
    stateDir,
    consumer: { sessionTimeoutMs: 1000, heartbeatIntervalMs: 200 },
  }
  const streams = new KafkaStreams(countingTopology(), config, environment)
  await streams.start()
  const counts = new Map<string, number>()
  for (const store of streams.localStores(storeName).values()) {
    for (const { key, value } of (store as ReadOnlyKeyValueStore<string, ValueAndTimestamp<number>>).all()) {
      counts.set(key, value.value)
    }
  }
  await streams.close()
  return counts
}

async function killUnderLoad(context: TestContext, victims: readonly Victim[]): Promise<void> {
  const random = seededRandom(seed)
  const cluster = new Cluster(random)
  context.after(() => cluster.remove())
  await cluster.startBroker()
  const { bootstrapServers } = cluster
  const admin = new Admin({ bootstrapServers }, environment)
  await admin.createTopics([inputTopic, outputTopic].map((name) => ({ name, partitions })))
  await admin.close()
  await cluster.startApplication()
  const load = new Load(bootstrapServers, random)
  for (let round = 0; round < rounds; round++) await cluster.strike(victims[round % victims.length] ?? 'both')
  await load.stop()

  const inTopic = (await readAll(bootstrapServers, inputTopic)).map(({ value }) => String(value))
  assert.equal(new Set(inTopic).size, inTopic.length, 'an idempotent producer writes nothing twice')
  const there = new Set(inTopic)
  assert.deepEqual(
    load.acknowledged.filter((line) => !there.has(line)),
    [],
    'nothing that was acknowledged is lost',
  )

  const expected = truth(inTopic)
  const counts = await settledCounts(bootstrapServers, expected)
  assert.deepEqual([...counts.keys()].toSorted(), [...expected.keys()].toSorted(), 'only words that were sent')
  await cluster.killApplication()
  const changelog = lastCounts(await readAll(bootstrapServers, changelogTopic))
  for (const [word, count] of expected) assert.ok((changelog.get(word) ?? 0) >= count, `${word} in the changelog`)
  const kept = await storedCounts(bootstrapServers, cluster.stateDirectory)
  const latest = lastCounts(await readAll(bootstrapServers, changelogTopic))
  assert.deepEqual(kept, latest, 'the stores that were killed agree with the changelog')
  const restored = await storedCounts(bootstrapServers, join(cluster.directory, 'fresh-state'))
  assert.deepEqual(restored, latest, 'stores that are restored from nothing agree with the changelog')
}

describe('kill -9 under load loses nothing and undercounts nothing', () => {
  for (const [title, victims] of [
    ['of the application', ['application']],
    ['of the broker', ['broker']],
    ['of both, and of each in turn', ['both', 'application', 'broker']],
  ] as const) {
    test(title, { timeout: 60_000 + rounds * 10_000 }, (context) => killUnderLoad(context, victims))
  }
})
