import { Admin, Producer } from '@streamwright/client'
import type { InputRecord } from './data-sets.ts'
import { recordsOf } from './data-sets.ts'
import { inputRecords } from './workloads.ts'
import type { Workload } from './workloads.ts'

const batchBytes = 262_144
const memoryBytes = 67_108_864
/** Records between two turns of the event loop. */
const recordsPerTurn = 1000

/** Fills topics with one partition each; a topic that several workloads read is filled once. */
export class Inputs {
  readonly #bootstrapServers: string
  readonly #admin: Admin
  readonly #filled = new Map<string, Promise<void>>()

  constructor(bootstrapServers: string) {
    this.#bootstrapServers = bootstrapServers
    this.#admin = new Admin({ bootstrapServers })
  }

  /** The topics that a workload reads, filled. */
  async topicsOf(workload: Workload, total: number): Promise<string[]> {
    const topics: string[] = []
    for (const input of workload.inputs) {
      const count = inputRecords(input, total)
      const topic = `bench-${input.set}-${count}`
      let filled = this.#filled.get(topic)
      if (filled === undefined) {
        filled = this.fill(topic, recordsOf(input.set, count), {})
        this.#filled.set(topic, filled)
      }
      await filled
      topics.push(topic)
    }
    return topics
  }

  /** Makes a topic anew and writes records to it. */
  async fill(topic: string, records: Iterable<InputRecord>, config: Readonly<Record<string, string>>): Promise<void> {
    await this.create(topic, config)
    const producer = new Producer({
      bootstrapServers: this.#bootstrapServers,
      batchSize: batchBytes,
      bufferMemory: memoryBytes,
    })
    let failure: Error | undefined
    const acknowledged = (error: Error | null): void => {
      if (error !== null) failure ??= error
    }
    let written = 0
    for (const { key, value, timestamp } of records) {
      producer.append(topic, 0, timestamp, key, value, undefined, acknowledged)
      written += 1
      if (producer.isFull) await producer.drained()
      else if (written % recordsPerTurn === 0) await new Promise<void>((resolve) => setImmediate(resolve))
    }
    await producer.close()
    if (failure !== undefined) throw failure
  }

  /** Records bear times of the past: no retention may delete them. */
  async create(topic: string, config: Readonly<Record<string, string>> = {}): Promise<void> {
    if ((await this.#admin.listTopics()).some(({ name }) => name === topic)) await this.#admin.deleteTopics([topic])
    const settings = { 'retention.ms': '-1', ...config }
    await this.#admin.createTopics([{ name: topic, partitions: 1, replicationFactor: 1, config: settings }])
  }

  /** Deletes what an application has left behind. */
  async deleteTopicsOf(applicationId: string): Promise<void> {
    const names = (await this.#admin.listTopics()).map(({ name }) => name)
    const left = names.filter((name) => name.startsWith(`${applicationId}-`))
    if (left.length > 0) await this.#admin.deleteTopics(left)
  }

  /** Deletes the inputs, too. */
  async close(): Promise<void> {
    const topics = [...this.#filled.keys()]
    if (topics.length > 0) await this.#admin.deleteTopics(topics)
    await this.#admin.close()
  }
}
