import type { ErrorName } from './error-codes.ts'
import { ErrorCode } from './error-codes.ts'
import { errorMessages } from './error-messages.ts'

/** What a client should know about an error code. */
export interface ErrorInfo {
  readonly code: number
  /** Such as `UNKNOWN_TOPIC_OR_PARTITION`. */
  readonly name: string
  /** What it means, without a full stop. */
  readonly message: string
  /** The name of Java's exception class; null for {@link ErrorCode.NONE}. */
  readonly javaException: string | null
  /** The same request may succeed later. */
  readonly retriable: boolean
  /** The client's metadata is out of date. */
  readonly refreshMetadata: boolean
  /** As {@link refreshMetadata}, or the coordinator has to be looked up anew: before the next try, ask again who does it. */
  readonly refreshBeforeRetry: boolean
  /** The producer's transaction has to be aborted. */
  readonly abortsTransaction: boolean
  readonly authorization: boolean
  /** Caused by the application's settings or data: without a change it fails again. */
  readonly invalidConfiguration: boolean
  /** The client object is of no more use, but the application may go on with a new one. */
  readonly applicationRecoverable: boolean
}

const refreshing: readonly ErrorName[] = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'KAFKA_STORAGE_ERROR',
  'LISTENER_NOT_FOUND',
  'FENCED_LEADER_EPOCH',
  'PREFERRED_LEADER_NOT_AVAILABLE',
  'ELIGIBLE_LEADERS_NOT_AVAILABLE',
  'ELECTION_NOT_NEEDED',
  'UNKNOWN_TOPIC_ID',
  'INCONSISTENT_TOPIC_ID',
]

const coordinatorMoved: readonly ErrorName[] = ['COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR']

const refreshMetadata: ReadonlySet<string> = new Set<ErrorName>(refreshing)

const refreshBeforeRetry: ReadonlySet<string> = new Set<ErrorName>([...refreshing, ...coordinatorMoved])

const retriable: ReadonlySet<string> = new Set<ErrorName>([
  ...refreshing,
  ...coordinatorMoved,
  'CORRUPT_MESSAGE',
  'REQUEST_TIMED_OUT',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'NOT_CONTROLLER',
  'CONCURRENT_TRANSACTIONS',
  'FETCH_SESSION_ID_NOT_FOUND',
  'INVALID_FETCH_SESSION_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'OFFSET_NOT_AVAILABLE',
  'UNSTABLE_OFFSET_COMMIT',
  'THROTTLING_QUOTA_EXCEEDED',
  'FETCH_SESSION_TOPIC_ID_ERROR',
  'SHARE_SESSION_NOT_FOUND',
  'INVALID_SHARE_SESSION_EPOCH',
  'SHARE_SESSION_LIMIT_REACHED',
])

const authorizing: readonly ErrorName[] = [
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'DELEGATION_TOKEN_AUTHORIZATION_FAILED',
]

const authorization: ReadonlySet<string> = new Set<ErrorName>(authorizing)

const invalidConfiguration: ReadonlySet<string> = new Set<ErrorName>([
  ...authorizing,
  'INVALID_TOPIC_EXCEPTION',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_REQUIRED_ACKS',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'UNSUPPORTED_VERSION',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_CONFIG',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'SASL_AUTHENTICATION_FAILED',
  'INVALID_RECORD',
])

const applicationRecoverable: ReadonlySet<string> = new Set<ErrorName>([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'FENCED_INSTANCE_ID',
  'PRODUCER_FENCED',
])

/** Java's class names are the error's in camel case with `Exception` behind it, but for these. */
const javaNames: Partial<Record<ErrorName, string>> = {
  UNKNOWN_SERVER_ERROR: 'UnknownServerException',
  CORRUPT_MESSAGE: 'CorruptRecordException',
  REQUEST_TIMED_OUT: 'TimeoutException',
  MESSAGE_TOO_LARGE: 'RecordTooLargeException',
  STALE_CONTROLLER_EPOCH: 'ControllerMovedException',
  NETWORK_EXCEPTION: 'NetworkException',
  INVALID_TOPIC_EXCEPTION: 'InvalidTopicException',
  RECORD_LIST_TOO_LARGE: 'RecordBatchTooLargeException',
  TOPIC_AUTHORIZATION_FAILED: 'TopicAuthorizationException',
  GROUP_AUTHORIZATION_FAILED: 'GroupAuthorizationException',
  CLUSTER_AUTHORIZATION_FAILED: 'ClusterAuthorizationException',
  TOPIC_ALREADY_EXISTS: 'TopicExistsException',
  INVALID_CONFIG: 'InvalidConfigurationException',
  OUT_OF_ORDER_SEQUENCE_NUMBER: 'OutOfOrderSequenceException',
  DUPLICATE_SEQUENCE_NUMBER: 'DuplicateSequenceException',
  INVALID_PRODUCER_ID_MAPPING: 'InvalidPidMappingException',
  INVALID_TRANSACTION_TIMEOUT: 'InvalidTxnTimeoutException',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'TransactionalIdAuthorizationException',
  KAFKA_STORAGE_ERROR: 'KafkaStorageException',
  SASL_AUTHENTICATION_FAILED: 'SaslAuthenticationException',
  DELEGATION_TOKEN_AUTH_DISABLED: 'DelegationTokenDisabledException',
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: 'UnsupportedByAuthenticationException',
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: 'DelegationTokenAuthorizationException',
  NON_EMPTY_GROUP: 'GroupNotEmptyException',
  PRINCIPAL_DESERIALIZATION_FAILURE: 'PrincipalDeserializationException',
  FETCH_SESSION_TOPIC_ID_ERROR: 'FetchSessionTopicIdException',
  OFFSET_METADATA_TOO_LARGE: 'OffsetMetadataTooLarge',
  INVALID_REGULAR_EXPRESSION: 'InvalidRegularExpression',
}

const infos: ReadonlyMap<number, ErrorInfo> = new Map(
  (Object.keys(ErrorCode) as ErrorName[]).map((name) => [ErrorCode[name], infoOf(name)]),
)

/** Every error, by ascending code. */
export const allErrors: readonly ErrorInfo[] = [...infos.values()]

/** What is known of an error code. One that is unknown here, from a newer broker, is not retriable. */
export function errorInfo(code: number): ErrorInfo {
  const info = infos.get(code)
  if (info !== undefined) return info
  const message = `The broker answered with the error code ${code}, which is not known here`
  return { ...infoOf('UNKNOWN_SERVER_ERROR'), code, name: `UNKNOWN_ERROR_${code}`, message }
}

function infoOf(name: ErrorName): ErrorInfo {
  return {
    code: ErrorCode[name],
    name,
    message: errorMessages[name],
    javaException: name === 'NONE' ? null : (javaNames[name] ?? `${pascalCase(name)}Exception`),
    retriable: retriable.has(name),
    refreshMetadata: refreshMetadata.has(name),
    refreshBeforeRetry: refreshBeforeRetry.has(name),
    abortsTransaction: name === 'TRANSACTION_ABORTABLE',
    authorization: authorization.has(name),
    invalidConfiguration: invalidConfiguration.has(name),
    applicationRecoverable: applicationRecoverable.has(name),
  }
}

function pascalCase(name: string): string {
  return name.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}
