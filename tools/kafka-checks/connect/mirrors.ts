import assert from 'node:assert/strict'
import { Producer } from '@streamwright/client'
import { committedValues } from '../topic-values.ts'

/** The name of the topic that gets what `topic` has. */
export const mirrorOf = (topic: string): string => `from.${topic}`

/** Settings of MirrorMaker's connector that copies a topic of a broker to another one of the same broker. */
export function mirrorConfig(
  bootstrapServers: string,
  topic: string,
  tasks: number,
): Readonly<Record<string, string | number>> {
  const bytes = 'org.apache.kafka.connect.converters.ByteArrayConverter'
  return {
    'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
    'tasks.max': tasks,
    'source.cluster.alias': 'from',
    'target.cluster.alias': 'to',
    'source.cluster.bootstrap.servers': bootstrapServers,
    'target.cluster.bootstrap.servers': bootstrapServers,
    topics: topic,
    'replication.factor': 1,
    'offset-syncs.topic.replication.factor': 1,
    'key.converter': bytes,
    'value.converter': bytes,
  }
}

/** Numbers go into the partitions of a topic in turn. */
export class Numbers {
  readonly #bootstrapServers: string
  readonly #topic: string
  readonly #partitions: number
  #count = 0

  constructor(bootstrapServers: string, topic: string, partitions: number) {
    this.#bootstrapServers = bootstrapServers
    this.#topic = topic
    this.#partitions = partitions
  }

  async write(count: number): Promise<void> {
    const producer = new Producer({ bootstrapServers: this.#bootstrapServers })
    const end = this.#count + count
    for (; this.#count < end; this.#count++) {
      producer.append(this.#topic, this.#count % this.#partitions, 1_000, null, String(this.#count))
    }
    await producer.close()
  }

  /** The numbers of each partition. */
  expected(): string[][] {
    return Array.from({ length: this.#partitions }, (_none, partition) =>
      Array.from({ length: Math.ceil((this.#count - partition) / this.#partitions) }, (_no, index) =>
        String(partition + index * this.#partitions),
      ),
    )
  }

  /** What the mirror has; `isComplete`: each number is there, doubles or not. */
  async mirrored(): Promise<{ values: string[][]; isComplete: boolean }> {
    const values = await committedValues(this.#bootstrapServers, mirrorOf(this.#topic), this.#partitions)
    const isComplete = values.reduce((sum, of) => sum + new Set(of).size, 0) === this.#count
    return { values, isComplete }
  }

  async untilMirrored(): Promise<string[][]> {
    const deadline = performance.now() + 60_000
    for (;;) {
      const { values, isComplete } = await this.mirrored()
      if (isComplete) return values
      assert.ok(performance.now() < deadline, `${values.map(({ length }) => length).join()} of ${this.#count}`)
    }
  }
}
