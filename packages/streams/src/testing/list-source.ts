import type { Header } from '@streamwright/formats'
import type { RecordSource } from '../tasks/record-source.ts'

/** A record in bytes, on its way into the driver or out of it. */
export interface RawRecord {
  readonly topic: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly timestamp: number
  readonly headers: readonly Header[]
  /** Of output, set where a partitioner chose one. Of input, where it was read from: the driver has one partition. */
  readonly partition?: number
  /** Of input: where it stands in its topic. Default: after the record before it. */
  readonly offset?: number
}

/** One record that stands for a batch. */
export class SingleRecord implements RecordSource {
  readonly topic: string
  readonly offset: number
  readonly timestamp: number
  readonly buffer: Buffer
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
  readonly headerCount: number
  readonly #headers: readonly Header[]
  #taken = false

  constructor(record: RawRecord, offset: number) {
    const key = record.key ?? Buffer.alloc(0)
    const value = record.value ?? Buffer.alloc(0)
    this.topic = record.topic
    this.offset = offset
    this.timestamp = record.timestamp
    this.buffer = Buffer.concat([key, value])
    this.keyStart = record.key === null ? -1 : 0
    this.keyEnd = key.length
    this.valueStart = record.value === null ? -1 : key.length
    this.valueEnd = key.length + value.length
    this.headerCount = record.headers.length
    this.#headers = record.headers
  }

  next(): boolean {
    const first = !this.#taken
    this.#taken = true
    return first
  }

  headers(): readonly Header[] {
    return this.#headers
  }
}
