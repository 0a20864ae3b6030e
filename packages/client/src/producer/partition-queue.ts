import type { Header } from '@streamwright/protocol'
import { RecordBatchBuilder } from '@streamwright/protocol'
import { assert } from '@streamwright/std'
import type { OnAcknowledged } from './producer-batch.ts'
import { addToSequence, ProducerBatch } from './producer-batch.ts'

/** What a queue needs of the producer that it belongs to. */
export interface QueueOwner {
  readonly batchBytesMax: (topic: string) => number
  /** What a full batch may grow to while it cannot be sent. */
  readonly grownBatchBytesMax: () => number
  takeBuilder(): RecordBatchBuilder
  nowMs(): number
  /** A batch has been begun: it has to be sent some time. */
  opened(batch: ProducerBatch): void
  /** A batch is full, or takes no more records: it can be sent now. */
  closed(queue: PartitionQueue): void
}

/**
 * The batches of one partition: those that wait, in the order in which they must be written, and those on the way.
 * Batches that are sent again stand before those that never were.
 */
export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  /** In the order of their places; the last one may be open. */
  readonly waiting: ProducerBatch[] = []
  /** Sent and not answered, in the order in which they were sent; all to {@link inFlightTo}. */
  readonly inFlight: ProducerBatch[] = []
  inFlightTo = -1
  /** The broker id of the leader; −1 while unknown. */
  leader = -1
  /** Which of the producer's identities (id and epoch) the sequence below belongs to. */
  generation = -1
  nextSequence = 0
  /** −1: none in this generation. */
  lastAcknowledgedSequence = -1
  /** A batch timed out, and no one knows whether it was written: what comes next in the sequence is open. */
  isUnresolved = false
  /** The sequence has a gap that cannot be filled: begin a new one when nothing is on the way any more. */
  needsNewGeneration = false
  readonly #owner: QueueOwner
  #open: ProducerBatch | undefined
  #nextPlace = 0

  constructor(topic: string, partition: number, owner: QueueOwner) {
    this.topic = topic
    this.partition = partition
    this.#owner = owner
  }

  /** The batch that must be written next. */
  get head(): ProducerBatch | undefined {
    return this.waiting[0]
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.inFlight.length === 0
  }

  /** Whether the open batch has room for a record; not if there is none open. */
  hasRoom(
    bytesMax: number,
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers: readonly Header[] | undefined,
  ): boolean {
    const open = this.#open
    if (open === undefined) return false
    const room = this.#owner.batchBytesMax(this.topic) - open.builder.sizeInBytes
    return bytesMax <= room || (leastBytes(key, value) <= room && exactBytesMax(key, value, headers) <= room)
  }

  /** Writes a record into the open batch, or a new one if it has no room. Returns the bytes that it takes. */
  append(
    bytesMax: number,
    timestamp: number,
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers: readonly Header[] | undefined,
    onAcknowledged: OnAcknowledged | undefined,
  ): number {
    if (this.#open !== undefined && !this.hasRoom(bytesMax, key, value, headers)) this.#filled(this.#open, bytesMax)
    const batch = (this.#open ??= this.#begin())
    const { builder } = batch
    const before = builder.recordCount === 0 ? 0 : builder.sizeInBytes
    builder.append(timestamp, key, value, headers)
    if (onAcknowledged !== undefined) (batch.callbacks ??= [])[builder.recordCount - 1] = onAcknowledged
    const bytes = builder.sizeInBytes - before
    batch.bufferedBytes += bytes
    return bytes
  }

  /** The open batch takes no more records. */
  closeOpen(): void {
    const open = this.#open
    if (open === undefined) return
    open.isClosed = true
    this.#open = undefined
    this.#owner.closed(this)
  }

  /**
   * The open batch is full, so that it can be sent. Behind one that still waits it takes records on: a join whose results
   * a broker was slow to take spent 3.1 instead of 4.3 us on a record so.
   */
  #filled(open: ProducerBatch, bytesMax: number): void {
    if (!open.isClosed) {
      open.isClosed = true
      this.#owner.closed(this)
    }
    const hasToWait = this.waiting.length > 1
    if (!hasToWait || open.builder.sizeInBytes + bytesMax > this.#owner.grownBatchBytesMax()) this.#open = undefined
  }

  /** Whether a batch that has to be written before this one waits, or is on the way. */
  hasBefore(batch: ProducerBatch): boolean {
    const first = this.inFlight[0]
    return (this.head?.place ?? Infinity) < batch.place || (first?.place ?? Infinity) < batch.place
  }

  /** The head goes on its way. */
  takeHead(broker: number): ProducerBatch {
    const head = this.waiting.shift()
    assert(head !== undefined, 'A batch that is taken waits')
    assert(this.inFlight.length === 0 || this.inFlightTo === broker, 'A partition has requests at one broker at a time')
    if (head === this.#open) this.#open = undefined
    head.isClosed = true
    head.attempts += 1
    this.inFlight.push(head)
    this.inFlightTo = broker
    return head
  }

  /** A batch is answered, or given up. */
  removeInFlight(batch: ProducerBatch): void {
    const index = this.inFlight.indexOf(batch)
    if (index >= 0) this.inFlight.splice(index, 1)
  }

  removeWaiting(batch: ProducerBatch): void {
    const index = this.waiting.indexOf(batch)
    assert(index >= 0, 'A batch that is removed waits')
    this.waiting.splice(index, 1)
    if (batch === this.#open) this.#open = undefined
  }

  /** Puts batches back to where they belong in the order. */
  putBack(batches: readonly ProducerBatch[]): void {
    for (const batch of batches) {
      const index = this.waiting.findIndex(({ place }) => place > batch.place)
      this.waiting.splice(index < 0 ? this.waiting.length : index, 0, batch)
    }
  }

  /** Gives the batch the next place in the sequence, unless it has one. */
  assignSequence(batch: ProducerBatch, producerId: number, producerEpoch: number): void {
    if (batch.sequence !== undefined) return
    batch.sequence = { producerId, producerEpoch, baseSequence: this.nextSequence }
    this.nextSequence = addToSequence(this.nextSequence, batch.recordCount)
  }

  /** Begins a new sequence under another identity. Nothing is on the way. */
  beginGeneration(generation: number): void {
    assert(this.inFlight.length === 0, 'A sequence ends when all of it is answered')
    this.generation = generation
    this.nextSequence = 0
    this.lastAcknowledgedSequence = -1
    this.isUnresolved = false
    this.needsNewGeneration = false
    for (const batch of this.waiting) batch.sequence = undefined
  }

  #begin(): ProducerBatch {
    const origin = { createdAtMs: this.#owner.nowMs(), place: this.#nextPlace++, span: 1 }
    const batch = new ProducerBatch(this, this.#owner.takeBuilder(), origin)
    this.waiting.push(batch)
    this.#owner.opened(batch)
    return batch
  }
}

/** No record with these is smaller. */
function leastBytes(key: Uint8Array | string | null, value: Uint8Array | string | null): number {
  return (key?.length ?? 0) + (value?.length ?? 0)
}

/** As `recordBytesMax`, but with the true length of texts. */
export function exactBytesMax(
  key: Uint8Array | string | null,
  value: Uint8Array | string | null,
  headers: readonly Header[] | undefined,
): number {
  const excess = (field: Uint8Array | string | null): number =>
    typeof field === 'string' ? field.length * 3 - Buffer.byteLength(field) : 0
  return RecordBatchBuilder.recordBytesMax(key, value, headers) - excess(key) - excess(value)
}
