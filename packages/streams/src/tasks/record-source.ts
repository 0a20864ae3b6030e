import type { Header } from '@streamwright/formats'

/**
 * Records as they come out of a batch, one after the other: a cursor over offsets into a buffer. The protocol
 * package's `RecordCursor` is one; start −1 is null.
 */
export interface RecordSource {
  next(): boolean
  /** Where it is another than that of the queue: one queue may stand for all topics that a pattern matches. */
  readonly topic?: string
  readonly buffer: Buffer
  readonly offset: number
  readonly timestamp: number
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
  readonly headerCount: number
  headers(): readonly Header[]
}
