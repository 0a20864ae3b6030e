import { Headers } from '@streamwright/formats'
import { asError } from '@streamwright/std'
import type { RecordContext } from '../processor/record-context.ts'
import type { RecordError } from './error-handling.ts'
import type { RecordCollector } from './record-collector.ts'

/** The bytes of the record that a failure came from; null where it had none, or came from no record. */
export interface SourceBytes {
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/**
 * Writes records that failed to a topic of their own, as they came, with headers that say where they came from and what
 * went wrong (KIP-1034). The topic must exist.
 */
export class DeadLetters {
  readonly #topic: string
  readonly #collector: RecordCollector

  constructor(topic: string, collector: RecordCollector) {
    this.#topic = topic
    this.#collector = collector
  }

  send(error: RecordError, context: RecordContext, source: SourceBytes): void {
    const cause = asError(error.cause)
    const headers = context.headers?.copy() ?? new Headers()
    headers.add('__streams.errors.exception', Buffer.from(cause.name))
    headers.add('__streams.errors.message', Buffer.from(cause.message))
    headers.add('__streams.errors.stacktrace', Buffer.from(cause.stack ?? ''))
    headers.add('__streams.errors.topic', Buffer.from(context.topic ?? ''))
    headers.add('__streams.errors.partition', Buffer.from(String(context.partition)))
    headers.add('__streams.errors.offset', Buffer.from(String(context.offset)))
    this.#collector.send(this.#topic, undefined, context.timestamp, source.key, source.value, headers)
  }
}
