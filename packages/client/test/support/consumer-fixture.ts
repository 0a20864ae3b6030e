import { after, afterEach } from 'node:test'
import type { Header } from '@streamwright/protocol'
import { systemRandom } from '@streamwright/std'
import { Admin } from '../../src/admin/admin.ts'
import { Consumer } from '../../src/consumer/consumer.ts'
import type { ConsumerConfig } from '../../src/consumer/consumer-settings.ts'
import type { ConsumedRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import { Producer } from '../../src/producer/producer.ts'
import { quietEnvironment } from './test-broker.ts'

export type GroupProtocol = 'classic' | 'consumer'

/** What the tests of a consumer need of a broker, under names that no other run uses. Use it inside a `describe`. */
export class ConsumerFixture {
  readonly bootstrapServers: () => string
  readonly #groupProtocol: GroupProtocol
  readonly #run: string = systemRandom.bytes(4).toString('hex')
  readonly #opened: Consumer[] = []

  /** Closes after each test what it opened, and deletes all topics at the end. */
  constructor(bootstrapServers: () => string, groupProtocol: GroupProtocol = 'classic') {
    this.#groupProtocol = groupProtocol
    this.bootstrapServers = bootstrapServers
    afterEach(async () => {
      await Promise.allSettled(this.#opened.splice(0).map((consumer) => consumer.close({ timeoutMs: 1_000 })))
    })
    after(() =>
      this.withAdmin(async (admin) => {
        const topics = (await admin.listTopics()).map(({ name }) => name).filter((name) => name.includes(this.#run))
        if (topics.length > 0) await admin.deleteTopics(topics)
      }),
    )
  }

  nameOf(name: string): string {
    return `consumer-suite-${this.#run}-${name}`
  }

  consumerOf({ sessionTimeoutMs, ...config }: Partial<ConsumerConfig> = {}): Consumer {
    const isClassic = this.#groupProtocol === 'classic'
    const consumer = new Consumer(
      {
        bootstrapServers: this.bootstrapServers(),
        autoOffsetReset: 'earliest',
        enableAutoCommit: false,
        groupProtocol: this.#groupProtocol,
        ...(isClassic && { heartbeatIntervalMs: 50, ...(sessionTimeoutMs !== undefined && { sessionTimeoutMs }) }),
        fetchMaxWaitMs: 100,
        retryBackoffMs: 20,
        ...config,
      },
      quietEnvironment,
    )
    this.#opened.push(consumer)
    return consumer
  }

  async withAdmin(use: (admin: Admin) => Promise<void>): Promise<void> {
    const admin = new Admin({ bootstrapServers: this.bootstrapServers() }, quietEnvironment)
    try {
      await use(admin)
    } finally {
      await admin.close()
    }
  }

  async createTopic(name: string, partitions = 1): Promise<string> {
    await this.withAdmin(async (admin) => {
      await admin.createTopics([{ name: this.nameOf(name), partitions }])
    })
    return this.nameOf(name)
  }

  async produce(
    topic: string,
    values: readonly string[],
    more: { readonly partition?: number; readonly headers?: readonly Header[]; readonly timestamp?: number } = {},
  ): Promise<void> {
    const producer = new Producer({ bootstrapServers: this.bootstrapServers() }, quietEnvironment)
    await producer.send(values.map((value) => ({ topic, partition: 0, value, ...more })))
    await producer.close()
  }
}

/** Polls until so many records have come. */
export async function read(consumer: Consumer, count: number): Promise<ConsumedRecord[]> {
  const records: ConsumedRecord[] = []
  await until(
    () => records.length >= count,
    async () => records.push(...eachRecord(await consumer.poll(50))),
  )
  return records
}

export function valuesOf(records: readonly ConsumedRecord[]): string[] {
  return records.map(({ value }) => value?.toString() ?? 'null')
}

/** Takes steps until the condition holds, or a step resolves with true; for 20 s at most. */
export async function until(condition: () => boolean, step: () => Promise<unknown>): Promise<void> {
  const { clock } = quietEnvironment
  const deadlineMs = clock.monotonicMs() + 20_000
  while (!condition()) {
    if ((await step()) === true) return
    if (clock.monotonicMs() > deadlineMs) throw new Error('It took longer than 20 s')
  }
}

export function pause(): Promise<void> {
  return new Promise((resolve) => quietEnvironment.timers.after(10, resolve))
}
