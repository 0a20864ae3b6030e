import { KafkaError } from '@streamwright/protocol'

/**
 * An operation failed for some of the things that it was about (or all). `code` and `errorCode` are those of the first
 * failure; {@link errors} has all of them, {@link results} what succeeded, both by the key that the operation's result
 * would have: a name, or `topic-partition`.
 */
export class AdminError extends KafkaError {
  readonly errors: ReadonlyMap<string, KafkaError>
  readonly results: ReadonlyMap<string, unknown>

  constructor(what: string, errors: ReadonlyMap<string, KafkaError>, results: ReadonlyMap<string, unknown>) {
    const [first] = errors.entries()
    const [key, error] = first ?? ['', undefined]
    const more = errors.size > 1 ? ` (and ${errors.size - 1} more)` : ''
    super(error?.errorCode ?? -1, `${what} failed for ${key}: ${error?.message ?? ''}${more}`, error)
    this.errors = errors
    this.results = results
  }
}
