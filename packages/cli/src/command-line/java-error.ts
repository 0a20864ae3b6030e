import { AdminError, AuthenticationError, OperationTimeoutError, UnsupportedVersionError } from '@streamwright/client'
import type { ErrorName } from '@streamwright/protocol'
import { errorInfo, KafkaError } from '@streamwright/protocol'
import { asError } from '@streamwright/std'

/** What Kafka's tools say of an error to which the broker has added nothing: scripts look for these. */
const texts: Partial<Record<ErrorName, string>> = {
  UNKNOWN_SERVER_ERROR: 'The server experienced an unexpected error when processing the request.',
  OFFSET_OUT_OF_RANGE: 'The requested offset is not within the range of offsets maintained by the server.',
  UNKNOWN_TOPIC_OR_PARTITION: 'This server does not host this topic-partition.',
  LEADER_NOT_AVAILABLE: 'There is no leader for this topic-partition as we are in the middle of a leadership election.',
  REQUEST_TIMED_OUT: 'The request timed out.',
  COORDINATOR_NOT_AVAILABLE: 'The coordinator is not available.',
  NOT_COORDINATOR: 'This is not the correct coordinator.',
  INVALID_TOPIC_EXCEPTION: 'The request attempted to perform an operation on an invalid topic.',
  INVALID_GROUP_ID: 'The group id is invalid.',
  UNKNOWN_MEMBER_ID: 'The coordinator is not aware of this member.',
  TOPIC_AUTHORIZATION_FAILED: 'Topic authorization failed.',
  GROUP_AUTHORIZATION_FAILED: 'Group authorization failed.',
  CLUSTER_AUTHORIZATION_FAILED: 'Cluster authorization failed.',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'Transactional Id authorization failed.',
  UNSUPPORTED_VERSION: 'The version of API is not supported.',
  NON_EMPTY_GROUP: 'The group is not empty.',
  GROUP_ID_NOT_FOUND: 'The group id does not exist.',
  GROUP_SUBSCRIBED_TO_TOPIC:
    'Deleting offsets of a topic is forbidden while the consumer group is actively subscribed to it.',
  INVALID_CONFIG: 'Configuration is invalid.',
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED:
    'Delegation Token requests are not allowed on PLAINTEXT/1-way SSL channels and on delegation token authenticated channels.',
  DELEGATION_TOKEN_AUTH_DISABLED: 'Delegation Token feature is not enabled.',
  DELEGATION_TOKEN_NOT_FOUND: 'Delegation Token is not found on server.',
  DELEGATION_TOKEN_OWNER_MISMATCH: 'Specified Principal is not valid Owner/Renewer.',
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: 'Delegation Token authorization failed.',
  DELEGATION_TOKEN_EXPIRED: 'Delegation Token is expired.',
  INVALID_PRINCIPAL_TYPE: 'Supplied principalType is not supported.',
  POLICY_VIOLATION: 'Request parameters do not satisfy the configured policy.',
  TRANSACTIONAL_ID_NOT_FOUND: 'The transactionalId could not be found.',
}

/** An error as Kafka's tools print it: the message alone, or behind the name of Java's class. */
export interface JavaError {
  readonly message: string
  /** Such as `org.apache.kafka.common.errors.TopicExistsException: Topic 'a' already exists.` */
  readonly text: string
}

/** Takes the first failure of several. `call` is what Java's client calls the request that found no broker. */
export function javaError(error: unknown, call = 'listNodes'): JavaError {
  const [first] = error instanceof AdminError ? error.errors.values() : []
  const one = asError(first ?? error)
  if (one instanceof KafkaError) return ofClass(exceptionOf(one), wordsOf(one))
  if (one instanceof OperationTimeoutError)
    return ofClass('TimeoutException', `Timed out waiting for a node assignment. Call: ${call}`)
  if (one instanceof AuthenticationError) return ofClass(authenticationException(one), one.message)
  if (one instanceof UnsupportedVersionError) return ofClass('UnsupportedVersionException', one.message)
  return { message: one.message, text: one.message }
}

function ofClass(name: string, message: string): JavaError {
  return { message, text: `org.apache.kafka.common.errors.${name}: ${message}` }
}

function authenticationException({ code }: AuthenticationError): string {
  if (code === 'TLS_FAILED') return 'SslAuthenticationException'
  return code === 'UNSUPPORTED_SASL_MECHANISM' ? 'UnsupportedSaslMechanismException' : 'SaslAuthenticationException'
}

function exceptionOf(error: KafkaError): string {
  return (errorInfo(error.errorCode).javaException ?? 'ApiException').replace(/^.*\./, '')
}

/** The broker's own words where it has any. */
function wordsOf(error: KafkaError): string {
  const { name, message } = errorInfo(error.errorCode)
  const isGeneral = error.message === message || error.message.startsWith(`${message}:`)
  return (isGeneral ? texts[name as ErrorName] : undefined) ?? error.message
}
