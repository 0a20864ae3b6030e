import assert from 'node:assert/strict'
import type { Random } from '@streamwright/std'
import { asError, seededRandom } from '@streamwright/std'
import { Admin } from '../../src/admin/admin.ts'
import { Consumer } from '../../src/consumer/consumer.ts'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import { OperationTimeoutError } from '../../src/errors.ts'
import { Producer } from '../../src/producer/producer.ts'
import { TransactionError } from '../../src/producer/transaction-error.ts'
import type { ClientConfig } from '../../src/settings/client-settings.ts'
import { quietEnvironment } from './test-broker.ts'

const topic = 'history'
const partitions = 3

/** What a writer knows of one of its transactions. `unknown`: it lost its answer, and its producer. */
type Fate = 'committed' | 'aborted' | 'unknown'

interface Written {
  readonly writer: number
  readonly number: number
  readonly values: readonly (readonly [partition: number, value: string])[]
  fate: Fate
}

/** Values as a reader saw them, by partition, in the order of their offsets. */
type Seen = readonly { readonly offset: number; readonly value: string }[][]

export interface HistoryOptions {
  readonly client: ClientConfig
  readonly seed: number
  readonly writers: number
  readonly transactionsPerWriter: number
}

/**
 * Concurrent writers of transactions over several partitions, each with the offset of a group, and a reader that reads
 * along, while somebody else crashes the broker. Then what is there is held against what the writers have heard:
 *
 * - no acknowledged record is lost, none is there twice, and none that was aborted is there;
 * - of a transaction of which nothing is known, all is there or nothing; its offset goes with it;
 * - records of a writer are in order in each partition;
 * - what the reader has seen stays: it saw exactly what is there in the end, up to where it came.
 */
export class TransactionHistory {
  readonly #options: HistoryOptions
  readonly #written: Written[] = []
  #isOver = false

  constructor(options: HistoryOptions) {
    this.#options = options
  }

  async run(): Promise<void> {
    const { client, writers, seed } = this.#options
    const admin = new Admin(client, quietEnvironment)
    await admin.createTopics([{ name: topic, partitions }])
    await admin.close()
    const reading = this.#readAlong()
    await Promise.all(Array.from({ length: writers }, (_, writer) => this.#write(writer, seededRandom(seed + writer))))
    this.#isOver = true
    const seen = await reading
    await this.#check(seen)
  }

  /** How many transactions have had which fate. */
  count(fate: Fate): number {
    return this.#written.filter((each) => each.fate === fate).length
  }

  async #write(writer: number, random: Random): Promise<void> {
    let producer = await this.#newProducer(writer)
    for (let number = 0; number < this.#options.transactionsPerWriter; number++) {
      const values = Array.from({ length: 1 + random.below(6) }, (_, index): readonly [number, string] => [
        random.below(partitions),
        `${writer}-${number}-${index}`,
      ])
      const written: Written = { writer, number, values, fate: 'unknown' }
      this.#written.push(written)
      try {
        written.fate = await transact(producer, written, random.below(4) === 0)
      } catch (error) {
        if (!(error instanceof TransactionError || error instanceof OperationTimeoutError)) throw error
        // It was fenced by its own time-out, say: its successor ends what it left open.
        await producer.close({ timeoutMs: 0 })
        producer = await this.#newProducer(writer)
      }
    }
    await producer.close()
  }

  async #newProducer(writer: number): Promise<Producer> {
    for (;;) {
      const config = {
        transactionalId: `writer-${writer}`,
        lingerMs: 0,
        deliveryTimeoutMs: 5000,
        requestTimeoutMs: 2000,
      }
      const producer = new Producer({ ...this.#options.client, ...config }, quietEnvironment)
      try {
        await producer.initTransactions({ timeoutMs: 5000 })
        return producer
      } catch (error) {
        await producer.close({ timeoutMs: 0 })
        if (!(error instanceof OperationTimeoutError)) throw asError(error)
      }
    }
  }

  #newReader(): Consumer {
    const consumer = new Consumer(
      {
        ...this.#options.client,
        isolationLevel: 'read_committed',
        enableAutoCommit: false,
        autoOffsetReset: 'none',
        fetchMaxWaitMs: 20,
        requestTimeoutMs: 2000,
      },
      quietEnvironment,
    )
    const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
    consumer.assign(places)
    for (const place of places) consumer.seek(place, 0)
    return consumer
  }

  async #readAlong(): Promise<Seen> {
    const reader = this.#newReader()
    const seen: Seen = Array.from({ length: partitions }, () => [])
    while (!this.#isOver) await readInto(reader, seen)
    await reader.close({ timeoutMs: 100 })
    return seen
  }

  async #readAll(): Promise<Seen> {
    const reader = this.#newReader()
    const seen: Seen = Array.from({ length: partitions }, () => [])
    const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
    const ends = await reader.endOffsets(places)
    for (;;) {
      await readInto(reader, seen)
      const positions = await Promise.all(places.map((place) => reader.position(place)))
      if (positions.every((position, index) => position >= (ends.get(`${topic}-${index}`) ?? 0))) break
    }
    await reader.close({ timeoutMs: 100 })
    return seen
  }

  async #check(alongside: Seen): Promise<void> {
    // What is left open at the end is ended by the next who has the id.
    for (let writer = 0; writer < this.#options.writers; writer++) await (await this.#newProducer(writer)).close()
    const found = await this.#readAll()
    for (const [partition, seen] of alongside.entries()) {
      const differs = seen.findIndex(({ offset, value }, index) => {
        const other = found[partition]?.[index]
        return other?.offset !== offset || other.value !== value
      })
      const [was, is] = [seen[differs], found[partition]?.[differs]].map((each) => JSON.stringify(each))
      assert.equal(differs, -1, `a reader saw ${was} in partition ${partition}, where ${is} is in the end`)
    }
    const expected = this.#expected(found)
    for (const [partition, values] of found.entries()) {
      const byWriter = Map.groupBy(values, ({ value }) => Number(value.split('-')[0]))
      for (let writer = 0; writer < this.#options.writers; writer++) {
        const own = (byWriter.get(writer) ?? []).map(({ value }) => value)
        const wanted = expected.filter((each) => each.writer === writer).flatMap((each) => each.values)
        assert.deepEqual(
          own,
          wanted.filter(([place]) => place === partition).map(([, value]) => value),
          `writer ${writer} in partition ${partition}: committed records once each and in order`,
        )
      }
    }
    await this.#checkOffsets(expected)
  }

  /** The transactions that must be there: the committed ones, and of the unknown ones those of which something is. */
  #expected(found: Seen): readonly Written[] {
    const values = new Set(found.flat().map(({ value }) => value))
    return this.#written.filter(
      (each) =>
        each.fate === 'committed' || (each.fate === 'unknown' && each.values.some(([, value]) => values.has(value))),
    )
  }

  async #checkOffsets(expected: readonly Written[]): Promise<void> {
    const admin = new Admin(this.#options.client, quietEnvironment)
    for (let writer = 0; writer < this.#options.writers; writer++) {
      const last = expected.findLast((each) => each.writer === writer)?.number
      const offsets = await admin.listGroupOffsets(`group-${writer}`)
      assert.equal(offsets.get(`${topic}-0`)?.offset, last, `the offset of writer ${writer} goes with its transactions`)
    }
    await admin.close()
  }
}

async function readInto(reader: Consumer, seen: Seen): Promise<void> {
  for (const { partition, offset, value } of eachRecord(await reader.poll(20))) {
    seen[partition]?.push({ offset, value: String(value) })
  }
}

/** Rejects when the fate is not known, and the producer cannot go on. */
async function transact(producer: Producer, written: Written, wantsAbort: boolean): Promise<Fate> {
  producer.beginTransaction()
  try {
    for (const [partition, value] of written.values)
      producer.append(topic, partition, 1_000, null, value, undefined, () => {})
    const offset = { topic, partition: 0, offset: written.number }
    await producer.sendOffsetsToTransaction([offset], `group-${written.writer}`, { timeoutMs: 5000 })
    if (wantsAbort) {
      await persistently(() => producer.abortTransaction({ timeoutMs: 2000 }))
      return 'aborted'
    }
    await persistently(() => producer.commitTransaction({ timeoutMs: 2000 }))
    return 'committed'
  } catch (error) {
    if (!(error instanceof TransactionError) || error.code !== 'TRANSACTION_ABORTABLE') throw error
    await persistently(() => producer.abortTransaction({ timeoutMs: 2000 }))
    return 'aborted'
  }
}

async function persistently(step: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof OperationTimeoutError)) throw error
    }
  }
}
