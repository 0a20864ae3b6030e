import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { StreamwrightError } from '@streamwright/std'
import { OperationTimeoutError } from '../errors.ts'

/**
 * Why a transaction cannot go on, and by `code` what to do about it:
 *
 * - `TRANSACTION_ABORTABLE`: nothing of it will be seen. Call `abortTransaction()`; then it can be tried again.
 * - `PRODUCER_FENCED`: another producer with the same `transactional.id` has taken over. Close this one; what it did in
 *   the transaction is aborted.
 * - `TRANSACTION_FATAL`: the producer cannot be used any more for another reason, which is the `cause`. Close it.
 * - `TRANSACTION_ABORTED`: a record was not written because its transaction was aborted.
 * - `TRANSACTION_STATE`: the call does not fit where the transaction is; a mistake of the program.
 */
export class TransactionError extends StreamwrightError {
  override readonly name = 'TransactionError'

  constructor(code: TransactionErrorCode, message: string, cause?: unknown) {
    super(message, { code, cause })
  }
}

export type TransactionErrorCode =
  | 'TRANSACTION_ABORTABLE'
  | 'PRODUCER_FENCED'
  | 'TRANSACTION_FATAL'
  | 'TRANSACTION_ABORTED'
  | 'TRANSACTION_STATE'

/** What a failure means for the producer (the classes of KIP-1050, with what is tried again left out). */
export type Severity = 'abortable' | 'fenced' | 'fatal'

const fencedCodes: ReadonlySet<number> = new Set([ErrorCode.PRODUCER_FENCED])

/** Nothing but another producer, another configuration or other rights can help. */
const fatalCodes: ReadonlySet<number> = new Set([
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ErrorCode.UNSUPPORTED_VERSION,
  ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
  ErrorCode.INVALID_TRANSACTION_TIMEOUT,
])

/** What a failure to write records means. */
export function severityOfWrite(error: Error): Severity {
  if (!(error instanceof KafkaError)) return isUnsupported(error) ? 'fatal' : 'abortable'
  if (fencedCodes.has(error.errorCode)) return 'fenced'
  return fatalCodes.has(error.errorCode) ? 'fatal' : 'abortable'
}

/**
 * What a coordinator's refusal means. It knows the newest epoch, so an older one is fenced for good; a partition may just
 * have learned of an epoch that the producer itself is about to get, which is why {@link severityOfWrite} differs.
 */
export function severityOfCoordination(error: Error): Severity {
  if (!(error instanceof KafkaError)) return isUnsupported(error) ? 'fatal' : 'abortable'
  switch (error.errorCode) {
    case ErrorCode.PRODUCER_FENCED:
    case ErrorCode.INVALID_PRODUCER_EPOCH:
      return 'fenced'
    case ErrorCode.INVALID_TXN_STATE:
      return 'fatal'
    default:
      return severityOfWrite(error)
  }
}

function isUnsupported(error: Error): boolean {
  return error instanceof StreamwrightError && error.code === 'UNSUPPORTED_VERSION'
}

/** The same call may be made again: nothing is decided but that time was up. */
export function isTimeout(error: unknown): boolean {
  return error instanceof OperationTimeoutError
}

/** What a coordinator says of a transaction that it has aborted itself. */
function doubt(cause: Error): string {
  const isOver = cause instanceof KafkaError && cause.errorCode === ErrorCode.INVALID_TXN_STATE
  return isOver ? '. Did the transaction take longer than transaction.timeout.ms?' : ''
}

export function transactionError(severity: Severity, transactionalId: string, cause: Error): TransactionError {
  switch (severity) {
    case 'abortable':
      return new TransactionError(
        'TRANSACTION_ABORTABLE',
        `The transaction of ${transactionalId} cannot be committed: ${cause.message}. Call abortTransaction(), then ` +
          'begin it anew',
        cause,
      )
    case 'fenced':
      return new TransactionError(
        'PRODUCER_FENCED',
        `Another producer has taken over transactional.id ${transactionalId}, or the coordinator has given this one ` +
          `up: ${cause.message}. Close this producer, and see to it that each one has an id of its own`,
        cause,
      )
    case 'fatal':
      return new TransactionError(
        'TRANSACTION_FATAL',
        `The producer with transactional.id ${transactionalId} cannot go on: ${cause.message}. Close it${doubt(cause)}`,
        cause,
      )
  }
}
