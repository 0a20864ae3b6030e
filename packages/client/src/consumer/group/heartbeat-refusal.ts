import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { UnsupportedVersionError, isRetriable } from '../../errors.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { WantedTopics } from '../subscription.ts'

/**
 * What a heartbeat that failed means for its member: it is none any more (`fenced`) and joins anew; its coordinator has
 * `moved`, or asks for patience (`passing`); the application has to know (`failed`), or to change something (`fatal`).
 */
export type HeartbeatRefusal =
  | { readonly kind: 'fenced' | 'moved' | 'passing' | 'failed' }
  | {
      readonly kind: 'fatal'
      /** The error for the application, with what to do. */
      readonly explain: (settings: ConsumerSettings, wanted: WantedTopics | undefined) => Error
    }

export function heartbeatRefusal(error: Error): HeartbeatRefusal {
  if (error instanceof UnsupportedVersionError) return { kind: 'fatal', explain: (_settings, wanted) => tooOld(wanted) }
  if (!(error instanceof KafkaError)) return isRetriable(error) ? { kind: 'moved' } : fatal(() => error)
  switch (error.errorCode) {
    case ErrorCode.FENCED_MEMBER_EPOCH:
    case ErrorCode.UNKNOWN_MEMBER_ID:
      return { kind: 'fenced' }
    case ErrorCode.NOT_COORDINATOR:
    case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      return { kind: 'moved' }
    case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
      return { kind: 'failed' }
    case ErrorCode.UNSUPPORTED_VERSION:
      return { kind: 'fatal', explain: (_settings, wanted) => tooOld(wanted) }
    case ErrorCode.UNSUPPORTED_ASSIGNOR:
      return fatal(({ groupRemoteAssignor }) =>
        kafkaError(
          error.errorCode,
          `group.remote.assignor ${groupRemoteAssignor ?? ''} is not among the broker's group.consumer.assignors`,
        ),
      )
    case ErrorCode.UNRELEASED_INSTANCE_ID:
      return fatal(({ groupInstanceId }) =>
        kafkaError(
          error.errorCode,
          `another consumer is in the group with group.instance.id ${groupInstanceId ?? ''}; give each its own, or close that one first`,
        ),
      )
    default:
      return error.retriable ? { kind: 'passing' } : fatal(() => error)
  }
}

function fatal(explain: (settings: ConsumerSettings) => Error): HeartbeatRefusal {
  return { kind: 'fatal', explain }
}

function tooOld(wanted: WantedTopics | undefined): UnsupportedVersionError {
  return new UnsupportedVersionError(
    wanted?.pattern === undefined
      ? 'The brokers do not serve the consumer protocol (KIP-848). Set group.protocol=classic, or upgrade them to Apache Kafka 4.0 and finalize group.version 1'
      : 'The brokers do not compare patterns with topics. Subscribe to a RegExp instead, which is compared here, or upgrade them to Apache Kafka 4.0',
  )
}
