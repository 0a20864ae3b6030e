import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, Producer } from '@streamwright/client'

const valueBytes = 1000
const pauseMs = 10
const partitions = 6

/** Records that go in at a rate and come out again, for as long as the soak takes. */
export class Flow {
  produced = 0
  consumed = 0
  readonly #bootstrapServers: string
  readonly #isOver: () => boolean

  constructor(bootstrapServers: string, isOver: () => boolean) {
    this.#bootstrapServers = bootstrapServers
    this.#isOver = isOver
  }

  /** Writes at the rate; as fast as it goes, when it is Infinity. */
  async produce(recordsPerSecond: number): Promise<void> {
    const producer = new Producer({ bootstrapServers: this.#bootstrapServers, bufferMemory: 16 * 1024 * 1024 })
    const value = Buffer.alloc(valueBytes, 120)
    const startMs = performance.now()
    const first = this.produced
    let failure: Error | undefined
    const acknowledged = (error: Error | null): void => {
      if (error !== null) failure ??= error
    }
    while (!this.#isOver()) {
      const due = first + Math.min(recordsPerSecond, 1e7) * ((performance.now() - startMs) / 1000)
      while (this.produced < due && !producer.isFull) {
        producer.append('flow', this.produced % partitions, Date.now(), null, value, undefined, acknowledged)
        this.produced += 1
      }
      if (failure !== undefined) throw failure
      await (producer.isFull ? producer.drained() : sleep(pauseMs))
    }
    await producer.close()
  }

  async consume(): Promise<void> {
    const consumer = new Consumer({ bootstrapServers: this.#bootstrapServers, groupId: 'flowing' })
    consumer.subscribe(['flow'])
    while (!this.#isOver()) {
      for (const fetched of await consumer.poll(100)) {
        for (const cursor = fetched.batch.records(); cursor.next();) this.consumed += 1
        fetched.release()
      }
    }
    await consumer.close()
  }
}
