import type { ConsumedRecord, ConsumerConfig, OffsetToCommit } from '@streamwright/client'
import { Consumer, Producer, TransactionError, eachRecord } from '@streamwright/client'

export interface TransactionalCopyOptions {
  readonly bootstrapServers: string
  readonly from: string
  readonly to: string
  readonly groupProtocol: 'classic' | 'consumer'
  /** Ends when so many records are copied. */
  readonly count: number
}

/**
 * Copies a topic into another, partition by partition, a transaction for each poll, with the offsets in it. What goes
 * wrong is aborted and done again from the committed offsets; a producer that cannot go on gives way to another.
 */
export class TransactionalCopy {
  commits = 0
  aborts = 0
  readonly #options: TransactionalCopyOptions
  readonly #consumer: Consumer
  #producer: Producer

  constructor(options: TransactionalCopyOptions) {
    const { bootstrapServers, from, groupProtocol } = options
    const config: ConsumerConfig = {
      bootstrapServers,
      groupProtocol,
      groupId: `copy-${groupProtocol}`,
      isolationLevel: 'read_committed',
      autoOffsetReset: 'earliest',
      enableAutoCommit: false,
      maxPollRecords: 2_000,
    }
    this.#options = options
    this.#consumer = new Consumer(config)
    this.#consumer.subscribe([from])
    this.#producer = this.#newProducer()
  }

  async run(): Promise<void> {
    await this.#producer.initTransactions()
    for (let copied = 0; copied < this.#options.count;) {
      const batches = await this.#consumer.poll(500)
      if (batches.length > 0 && (await this.#copy([...eachRecord(batches)]))) copied = await this.#position()
    }
    await this.close()
  }

  async close(): Promise<void> {
    await Promise.all([this.#consumer.close(), this.#producer.close()])
  }

  /** Numbers are copied in order, so positions tell how many: transactions of the source would not count. */
  async #position(): Promise<number> {
    const committed = await this.#consumer.committed(this.#consumer.assignment())
    return [...committed.values()].reduce((sum, { offset }) => sum + offset, 0)
  }

  async #copy(records: readonly ConsumedRecord[]): Promise<boolean> {
    this.#producer.beginTransaction()
    try {
      for (const { key, partition, timestamp, value } of records) {
        if (this.#producer.isFull) await this.#producer.drained()
        this.#producer.append(this.#options.to, partition, timestamp, key, value)
      }
      await this.#producer.sendOffsetsToTransaction(nextOffsets(records), this.#consumer.groupMetadata())
      await this.#producer.commitTransaction()
      this.commits += 1
      return true
    } catch (error) {
      await this.#undo(error)
      return false
    }
  }

  async #undo(error: unknown): Promise<void> {
    this.aborts += 1
    if (error instanceof TransactionError && error.code === 'TRANSACTION_ABORTABLE') {
      await this.#producer.abortTransaction()
    } else {
      // In doubt, the next producer with this id finds out: what was left open is aborted, what was committed stays.
      await this.#producer.close()
      this.#producer = this.#newProducer()
      await this.#producer.initTransactions()
    }
    const assigned = this.#consumer.assignment()
    const committed = await this.#consumer.committed(assigned)
    for (const place of assigned)
      this.#consumer.seek(place, committed.get(`${place.topic}-${place.partition}`)?.offset ?? 0)
  }

  #newProducer(): Producer {
    const { bootstrapServers, groupProtocol } = this.#options
    return new Producer({ bootstrapServers, transactionalId: `copy-${groupProtocol}`, lingerMs: 5 })
  }
}

function nextOffsets(records: readonly ConsumedRecord[]): OffsetToCommit[] {
  const last = new Map(records.map((record) => [record.partition, record]))
  return Array.from(last.values(), ({ topic, partition, offset }) => ({ topic, partition, offset: offset + 1 }))
}
