import type { Header } from '@streamwright/protocol'
import type { Random } from '@streamwright/std'
import { ConfigurationError } from '@streamwright/std'
import { batchGrowthMax } from '../limits.ts'
import { CompressionRatio } from './compression-ratio.ts'
import { partitionOfKey } from './key-hash.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { OnAcknowledged } from './producer-batch.ts'
import type { ProducerSettings } from './producer-settings.ts'
import { StickyPartition } from './sticky-partition.ts'

type Bytes = Uint8Array | string | null

/** A record for a topic whose partitions are not known yet. */
export interface HeldRecord {
  readonly partition: number | undefined
  readonly timestamp: number
  readonly key: Bytes
  readonly value: Bytes
  readonly headers: readonly Header[] | undefined
  readonly onAcknowledged: OnAcknowledged | undefined
  readonly bytesMax: number
}

export interface ProducerTopicOwner {
  queue(partition: number): PartitionQueue
  isServed(queue: PartitionQueue, withinMs: number): boolean
}

/** A topic that a producer writes to: its partitions, and how they are chosen. */
export class ProducerTopic {
  readonly name: string
  readonly queues: PartitionQueue[] = []
  readonly ratio: CompressionRatio = new CompressionRatio()
  /** Why the topic could not be found the last time. */
  error: Error | undefined
  readonly #owner: ProducerTopicOwner
  readonly #settings: ProducerSettings
  readonly #sticky: StickyPartition
  readonly #takesTurns: boolean
  #topicId = ''
  #turn: number
  #isSticky = false
  #held: HeldRecord[] = []
  #search: Promise<void> | undefined
  /** Until one is refused: a topic may take less than the producer does (`max.message.bytes`). */
  #takesLargeBatches = true

  constructor(name: string, settings: ProducerSettings, random: Random, owner: ProducerTopicOwner) {
    this.name = name
    this.#owner = owner
    this.#settings = settings
    this.#takesTurns = settings.partitionerClass !== null
    this.#turn = random.below(0x7fff_ffff)
    const withinMs = settings.partitionerAvailabilityTimeoutMs
    this.#sticky = new StickyPartition(
      {
        turnBytes: Math.max(settings.batchSize, 1),
        isAdaptive: settings.partitionerAdaptivePartitioningEnable,
        isAvailable: (queue) => withinMs === 0 || owner.isServed(queue, withinMs),
      },
      random,
    )
  }

  /** What a full batch may grow to while it waits. */
  get grownBatchBytesMax(): number {
    const { batchSize, maxRequestSize } = this.#settings
    return this.#takesLargeBatches ? Math.min(batchSize * batchGrowthMax, maxRequestSize / 2) : 0
  }

  /** A batch was too large for the topic. */
  refusedBatch(): void {
    this.ratio.reset()
    this.#takesLargeBatches = false
  }

  /** The number of partitions is known; it may still grow. */
  get isKnown(): boolean {
    return this.queues.length > 0
  }

  get isSought(): boolean {
    return this.#search !== undefined
  }

  /**
   * The topic has so many partitions now. They never get fewer, unless it is another topic of the same name: returns the
   * partitions that are not there any more. What they have waits, as Java's does, in case the topic gets them again.
   */
  learn(topicId: string, partitionCount: number): PartitionQueue[] {
    const isAnother = topicId !== this.#topicId
    this.#topicId = topicId
    while (this.queues.length < partitionCount) this.queues.push(this.#owner.queue(this.queues.length))
    return isAnother ? this.queues.splice(partitionCount) : []
  }

  /** The search for the topic is on. */
  seek(search: Promise<void>): void {
    this.error = undefined
    this.#search = search.finally(() => {
      this.#search = undefined
    })
  }

  /** Resolves when the search for the topic is over, whatever came of it; undefined if none is on. */
  whenKnown(): Promise<void> | undefined {
    return this.#search
  }

  hold(
    partition: number | undefined,
    timestamp: number,
    key: Bytes,
    value: Bytes,
    headers: readonly Header[] | undefined,
    onAcknowledged: OnAcknowledged | undefined,
    bytesMax: number,
  ): void {
    // The caller may reuse its buffers.
    this.#held.push({
      partition,
      timestamp,
      key: copyOf(key),
      value: copyOf(value),
      headers: headers?.map((header) => ({ key: header.key, value: header.value && Buffer.from(header.value) })),
      onAcknowledged,
      bytesMax,
    })
  }

  takeHeld(): HeldRecord[] {
    const held = this.#held
    this.#held = []
    return held
  }

  /** The partition for a record that does not name one. */
  choose(key: Bytes, value: Bytes, headers: readonly Header[] | undefined, bytesMax: number): PartitionQueue {
    this.#isSticky = false
    const { partitioner, partitionerIgnoreKeys } = this.#settings
    const count = this.queues.length
    if (partitioner !== undefined) {
      const partition = partitioner(this.name, key, value, count)
      const queue = this.queues[partition]
      if (queue !== undefined) return queue
      throw new ConfigurationError(
        `The partitioner chose partition ${partition} for a record of topic ${this.name}: it must be an integer from 0 ` +
          `to ${count - 1}`,
      )
    }
    if (this.#takesTurns) return this.#nextInTurn()
    if (key !== null && !partitionerIgnoreKeys) return this.queues[partitionOfKey(key, count)] as PartitionQueue
    this.#isSticky = true
    return this.#sticky.current(this.queues, bytesMax, (queue) => queue.hasRoom(bytesMax, key, value, headers))
  }

  /** The record that {@link choose} was asked for took so many bytes. */
  appended(bytes: number): void {
    if (this.#isSticky) this.#sticky.produced(bytes)
  }

  #nextInTurn(): PartitionQueue {
    const withLeader = this.queues.filter(({ leader }) => leader >= 0)
    const candidates = withLeader.length > 0 ? withLeader : this.queues
    this.#turn = (this.#turn + 1) % 0x7fff_ffff
    return candidates[this.#turn % candidates.length] as PartitionQueue
  }
}

function copyOf(bytes: Bytes): Bytes {
  return bytes === null || typeof bytes === 'string' ? bytes : Buffer.from(bytes)
}
