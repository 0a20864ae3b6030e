import { ClientClosedError } from '@streamwright/client'
import { KafkaError } from '@streamwright/protocol'

/** After these nothing can be written any more, or not to that topic, whatever a handler says. */
const fatalCodes: ReadonlySet<string> = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'DELEGATION_TOKEN_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'SECURITY_DISABLED',
  'INVALID_TOPIC_EXCEPTION',
  'UNKNOWN_SERVER_ERROR',
  'OFFSET_METADATA_TOO_LARGE',
  // Another producer goes on in this one's place.
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
])

/** Whether the production handler is not asked about this error. Java: `RecordCollectorImpl.isFatalException`. */
export function isFatalDelivery(error: Error): boolean {
  return error instanceof ClientClosedError || (error instanceof KafkaError && fatalCodes.has(error.code))
}
