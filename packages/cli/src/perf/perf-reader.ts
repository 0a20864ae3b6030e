import type { Consumer, FetchedBatch, RebalanceListener, TopicPartition } from '@streamwright/client'
import type { Clock } from '@streamwright/std'

const pollMs = 100
const bytesPerMb = 1024 * 1024

/** What is to be read, and how long to wait for it. */
export interface ReadingPlan {
  readonly subscription: readonly string[] | RegExp
  readonly records: number
  /** The end, when no record came for longer. */
  readonly timeoutMs: number
  readonly reportingIntervalMs: number
  /** A poll of Java's returns no more: after each so many it looks whether it has enough. */
  readonly recordsPerPoll: number
}

/** How reading went, in the last interval or in all. */
export interface ReadingReport {
  readonly startMs: number
  readonly endMs: number
  /** Read since the beginning. */
  readonly mb: number
  readonly records: number
  readonly mbPerSec: number
  readonly recordsPerSec: number
  /** Without partitions, joining the group. */
  readonly rebalanceMs: number
  readonly fetchMs: number
  readonly fetchMbPerSec: number
  readonly fetchRecordsPerSec: number
}

/** Reads topics in a group, and counts. */
export class PerfReader {
  readonly #consumer: Consumer
  readonly #plan: ReadingPlan
  readonly #clock: Clock
  readonly #onInterval: (report: ReadingReport) => void
  readonly #startMs: number
  readonly #assigned = new Set<string>()
  records = 0
  bytes = 0
  /** Of what one poll of Java's would return. */
  #inPoll = 0
  #joinStartMs: number
  #joinMs = 0
  #intervalStartMs: number
  #intervalJoinMs = 0
  #recordsBefore = 0
  #bytesBefore = 0

  /** `onInterval` is called with the report of each interval, which begins when there are records again. */
  constructor(consumer: Consumer, plan: ReadingPlan, clock: Clock, onInterval: (report: ReadingReport) => void) {
    this.#consumer = consumer
    this.#plan = plan
    this.#clock = clock
    this.#onInterval = onInterval
    this.#startMs = clock.wallMs()
    this.#joinStartMs = this.#startMs
    this.#intervalStartMs = this.#startMs
  }

  /** Resolves with whether all that was wanted came in time. Ends when `interrupted` is aborted. */
  async run(interrupted: AbortSignal): Promise<boolean> {
    const { subscription, records, timeoutMs } = this.#plan
    this.#consumer.subscribe(subscription, this.#listener())
    let nowMs = this.#clock.wallMs()
    let readAtMs = nowMs
    this.#intervalStartMs = nowMs
    while (this.records < records && nowMs - readAtMs <= timeoutMs && !interrupted.aborted) {
      const batches = await this.#consumer.poll(pollMs, { signal: interrupted }).catch((error: unknown) => {
        if (interrupted.aborted) return []
        throw error
      })
      nowMs = this.#clock.wallMs()
      if (batches.length === 0) continue
      readAtMs = nowMs
      this.#count(batches, nowMs)
    }
    return this.records >= records
  }

  /** What was read from the beginning until now. */
  total(): ReadingReport {
    const endMs = this.#clock.wallMs()
    return this.#report(this.#startMs, endMs, this.#joinMs, this.records, this.bytes)
  }

  /** 20 ns a record of 100 bytes: lengths are all that is looked at. */
  #count(batches: readonly FetchedBatch[], nowMs: number): void {
    const { reportingIntervalMs, recordsPerPoll, records: wanted } = this.#plan
    for (const [index, fetched] of batches.entries()) {
      const cursor = fetched.batch.records()
      while (cursor.next()) {
        if (cursor.offset < fetched.skipBefore) continue
        if (this.#inPoll === recordsPerPoll) {
          if (this.records >= wanted) return this.#giveBack(batches.slice(index), cursor.offset)
          this.#inPoll = 0
        }
        this.#inPoll += 1
        this.records += 1
        if (cursor.keyStart >= 0) this.bytes += cursor.keyEnd - cursor.keyStart
        if (cursor.valueStart >= 0) this.bytes += cursor.valueEnd - cursor.valueStart
        if (nowMs - this.#intervalStartMs >= reportingIntervalMs) this.#endInterval(nowMs)
      }
      fetched.release()
    }
  }

  /** What is left belongs to whoever reads next with the group. Backwards: the first of a partition has the last word. */
  #giveBack(batches: readonly FetchedBatch[], offset: number): void {
    const [first, ...others] = batches
    for (const each of others.toReversed()) {
      const cursor = each.batch.records()
      if (cursor.next()) this.#consumer.seek(each, Math.max(cursor.offset, each.skipBefore))
    }
    if (first !== undefined) this.#consumer.seek(first, offset)
  }

  #endInterval(nowMs: number): void {
    const records = this.records - this.#recordsBefore
    const bytes = this.bytes - this.#bytesBefore
    this.#onInterval(this.#report(this.#intervalStartMs, nowMs, this.#intervalJoinMs, records, bytes))
    this.#intervalJoinMs = 0
    this.#intervalStartMs = nowMs
    this.#recordsBefore = this.records
    this.#bytesBefore = this.bytes
  }

  #report(startMs: number, endMs: number, rebalanceMs: number, records: number, bytes: number): ReadingReport {
    const seconds = (endMs - startMs) / 1000
    const fetchMs = endMs - startMs - rebalanceMs
    const mb = bytes / bytesPerMb
    return {
      ...{ startMs, endMs, mb: this.bytes / bytesPerMb, records: this.records },
      ...{ mbPerSec: mb / seconds, recordsPerSec: records / seconds, rebalanceMs, fetchMs },
      fetchMbPerSec: (1000 * mb) / fetchMs,
      fetchRecordsPerSec: (1000 * records) / fetchMs,
    }
  }

  #listener(): RebalanceListener {
    const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`
    return {
      onPartitionsAssigned: (partitions) => {
        if (this.#assigned.size === 0) {
          const elapsedMs = this.#clock.wallMs() - this.#joinStartMs
          this.#joinMs += elapsedMs
          this.#intervalJoinMs += elapsedMs
        }
        for (const each of partitions) this.#assigned.add(nameOf(each))
      },
      onPartitionsRevoked: (partitions) => {
        for (const each of partitions) this.#assigned.delete(nameOf(each))
        if (this.#assigned.size === 0) this.#joinStartMs = this.#clock.wallMs()
      },
    }
  }
}
