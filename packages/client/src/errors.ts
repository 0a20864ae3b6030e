import { StreamwrightError } from '@streamwright/std'

/**
 * A connection could not be opened, or was lost. What was asked may have happened. Retriable: the same call may reach
 * the broker again.
 */
export class ConnectionError extends StreamwrightError {
  override readonly name = 'ConnectionError'
  /** `host:port`. */
  readonly address: string

  constructor(
    message: string,
    details: {
      readonly address: string
      readonly code?: string
      readonly retriable?: boolean
      readonly cause?: unknown
    },
  ) {
    super(message, {
      code: details.code ?? 'CONNECTION_LOST',
      retriable: details.retriable ?? true,
      cause: details.cause,
    })
    this.address = details.address
  }
}

/** A broker did not answer in time; the connection was given up. What was asked may have happened. Retriable. */
export class RequestTimeoutError extends StreamwrightError {
  override readonly name = 'RequestTimeoutError'
  readonly address: string

  constructor(message: string, address: string) {
    super(message, { code: 'REQUEST_TIMEOUT', retriable: true })
    this.address = address
  }
}

/**
 * An operation as a whole, with its retries, ran out of time: `OPERATION_TIMEOUT`; for records `DELIVERY_TIMEOUT`; for
 * room in the producer's buffer `BUFFER_EXHAUSTED`. `cause` is the last failure. Retriable by the caller, knowing that
 * what was asked may have happened.
 */
export class OperationTimeoutError extends StreamwrightError {
  override readonly name = 'OperationTimeoutError'

  constructor(
    message: string,
    cause?: unknown,
    code: 'OPERATION_TIMEOUT' | 'DELIVERY_TIMEOUT' | 'BUFFER_EXHAUSTED' = 'OPERATION_TIMEOUT',
  ) {
    super(message, { code, retriable: true, cause })
  }
}

/**
 * The broker does not take this client for who it says it is, or the client does not trust the broker. Not retriable:
 * the settings, or what the broker knows of the user, have to change.
 */
export class AuthenticationError extends StreamwrightError {
  override readonly name = 'AuthenticationError'
  /** `host:port`. */
  readonly address: string
  /** The SASL mechanism, or `TLS`. */
  readonly mechanism: string

  constructor(
    message: string,
    details: {
      readonly address: string
      readonly mechanism: string
      readonly code?: 'AUTHENTICATION_FAILED' | 'UNSUPPORTED_SASL_MECHANISM' | 'TLS_FAILED'
      readonly cause?: unknown
    },
  ) {
    super(message, { code: details.code ?? 'AUTHENTICATION_FAILED', cause: details.cause })
    this.address = details.address
    this.mechanism = details.mechanism
  }
}

/** The broker has no version of an API that this client speaks. Not retriable: another broker version is needed. */
export class UnsupportedVersionError extends StreamwrightError {
  override readonly name = 'UnsupportedVersionError'

  constructor(message: string) {
    super(message, { code: 'UNSUPPORTED_VERSION' })
  }
}

/** The client was closed: while the operation ran, or before. */
export class ClientClosedError extends StreamwrightError {
  override readonly name = 'ClientClosedError'

  constructor(message: string) {
    super(message, { code: 'CLIENT_CLOSED' })
  }
}

/** A record is larger than `max.request.size` or `buffer.memory` allows. It was not sent. */
export class RecordTooLargeError extends StreamwrightError {
  override readonly name = 'RecordTooLargeError'

  constructor(message: string) {
    super(message, { code: 'RECORD_TOO_LARGE' })
  }
}

/** Whether the same call may succeed later, by the error's own word. */
export function isRetriable(error: unknown): boolean {
  return error instanceof StreamwrightError && error.retriable
}
