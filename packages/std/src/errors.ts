/** What every error that the world can cause carries, beside its message, which names the remedy. */
export interface ErrorDetails {
  /** Stable, machine-readable name, such as `UNKNOWN_TOPIC_OR_PARTITION`. */
  readonly code: string
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retriable?: boolean
  readonly cause?: unknown
}

/** The root of all errors that packages throw for what the world did wrong. */
export class StreamwrightError extends Error {
  override readonly name: string = 'StreamwrightError'
  readonly code: string
  readonly retriable: boolean

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = details.code
    this.retriable = details.retriable ?? false
  }
}

/** A setting or an argument is wrong; nothing was done. Never retriable. */
export class ConfigurationError extends StreamwrightError {
  override readonly name: string = 'ConfigurationError'
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'INVALID_CONFIGURATION', cause })
  }
}

/** Whatever was thrown, as an `Error`. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
