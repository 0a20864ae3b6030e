import type { Headers, Serialized } from '@streamwright/formats'
import { toBytes } from '@streamwright/formats'
import type { RecordCollector } from '../tasks/record-collector.ts'
import type { RawRecord } from './list-source.ts'

/** Keeps what a task writes, in order. Every topic has one partition. */
export class CapturingCollector implements RecordCollector {
  readonly acceptsAnyPartition = true
  readonly #records: RawRecord[] = []

  send(
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Serialized | null,
    value: Serialized | null,
    headers: Headers | undefined,
  ): void {
    this.#records.push({
      topic,
      // Copies: serializers may reuse what they return.
      key: key === null ? null : Buffer.from(toBytes(key)),
      value: value === null ? null : Buffer.from(toBytes(value)),
      timestamp,
      headers: headers === undefined ? [] : headers.copy().toArray(),
      ...(partition === undefined ? {} : { partition }),
    })
  }

  partitionCount(): number {
    return 1
  }

  whenKnown(_topic: string, send: () => void): void {
    send()
  }

  /** What came since the last call. */
  take(): RawRecord[] {
    return this.#records.splice(0)
  }
}
