import type { ErrorHandlerContext, RawOutputRecord } from './error-handler-context.ts'

/**
 * The source record of a failure as a record for a topic of dead letters (KIP-1034): as it came, with headers that say
 * where it came from and what went wrong. The standard handlers write such records; so may others.
 */
export function deadLetter(topic: string, context: ErrorHandlerContext, error: Error): RawOutputRecord {
  const headers = context.headers.copy()
  headers.add('__streams.errors.exception', Buffer.from(error.name))
  headers.add('__streams.errors.message', Buffer.from(error.message))
  headers.add('__streams.errors.stacktrace', Buffer.from(error.stack ?? ''))
  headers.add('__streams.errors.topic', context.topic === null ? null : Buffer.from(context.topic))
  headers.add('__streams.errors.partition', Buffer.from(String(context.partition)))
  headers.add('__streams.errors.offset', Buffer.from(String(context.offset)))
  return { topic, timestamp: context.timestamp, key: context.sourceRawKey, value: context.sourceRawValue, headers }
}
