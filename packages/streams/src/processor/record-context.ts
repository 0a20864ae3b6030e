import type { Headers } from '@streamwright/formats'

/** Where the record that a task is working on came from. */
export interface RecordContext {
  /** Null inside punctuations. */
  readonly topic: string | null
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly headers: Headers | undefined
}

/**
 * The record context of a task: one mutable cell, because it changes with every record and every forward that gives
 * another timestamp. Whoever keeps a context (a cache entry) takes a {@link CurrentRecordContext.capture}.
 */
export class CurrentRecordContext implements RecordContext {
  topic: string | null = null
  partition = -1
  offset = -1
  timestamp = 0
  headers: Headers | undefined = undefined

  capture(): RecordContext {
    const { topic, partition, offset, timestamp, headers } = this
    return { topic, partition, offset, timestamp, headers }
  }

  restore(context: RecordContext): void {
    this.topic = context.topic
    this.partition = context.partition
    this.offset = context.offset
    this.timestamp = context.timestamp
    this.headers = context.headers
  }
}
