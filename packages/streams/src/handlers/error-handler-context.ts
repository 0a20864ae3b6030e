import type { Headers } from '@streamwright/formats'
import type { TaskId } from '../processor/task-id.ts'

/** Where something failed, and which record was being worked on. Java: `ErrorHandlerContext`. */
export interface ErrorHandlerContext {
  /** Topic of the source record; null inside punctuations. */
  readonly topic: string | null
  /** −1 inside punctuations, as the offset. */
  readonly partition: number
  readonly offset: number
  /** Milliseconds since 1970: of the record that was being worked on, or of the punctuation. */
  readonly timestamp: number
  readonly headers: Headers
  /** The source, processor or sink that failed; null for a record of a changelog. */
  readonly processorNodeId: string | null
  readonly taskId: TaskId
  /** The bytes of the source record; null where it has none, or none are left (a punctuation, a late result). */
  readonly sourceRawKey: Buffer | null
  readonly sourceRawValue: Buffer | null
}

/** A record that was read, in bytes. */
export interface RawSourceRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly headers: Headers
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/** A record on its way out, before its key and value were serialized. */
export interface UnserializedRecord {
  readonly topic: string
  /** Undefined: the producer chooses. */
  readonly partition: number | undefined
  readonly timestamp: number
  readonly headers: Headers
  readonly key: unknown
  readonly value: unknown
}

/** A record on its way out, in bytes: one that could not be delivered, or one for a topic of dead letters. */
export interface RawOutputRecord {
  readonly topic: string
  /** Undefined: the producer chooses. */
  readonly partition?: number | undefined
  readonly timestamp: number
  readonly headers?: Headers
  readonly key: Buffer | null
  readonly value: Buffer | null
}
