import type { ErrorDetails } from '@streamwright/std'
import { StreamwrightError } from '@streamwright/std'

/** Root of what can go wrong while a topology runs. Java: `StreamsException`. */
export class StreamsError extends StreamwrightError {
  override readonly name: string = 'StreamsError'
  constructor(message: string, details: Partial<ErrorDetails> = {}) {
    super(message, { code: 'STREAMS', ...details })
  }
}

/** The topology cannot be built as described. Java: `TopologyException`. */
export class TopologyError extends StreamsError {
  override readonly name: string = 'TopologyError'
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'INVALID_TOPOLOGY', cause })
  }
}

/** A state store cannot be read here and now. Java: `InvalidStateStoreException`. */
export class InvalidStateStoreError extends StreamsError {
  override readonly name: string = 'InvalidStateStoreError'
  constructor(message: string, details: Partial<ErrorDetails> = {}) {
    super(message, { code: 'INVALID_STATE_STORE', ...details })
  }
}

/** The topology has no store of this name. Java: `UnknownStateStoreException`. */
export class UnknownStateStoreError extends InvalidStateStoreError {
  override readonly name: string = 'UnknownStateStoreError'
  constructor(store: string, known: readonly string[]) {
    super(`There is no store ${store}; the topology has ${known.join(', ') || 'none'}`, { code: 'UNKNOWN_STORE' })
  }
}

/** The instance has not been started: call `start()` first. Java: `StreamsNotStartedException`. */
export class StreamsNotStartedError extends InvalidStateStoreError {
  override readonly name: string = 'StreamsNotStartedError'
  constructor() {
    super('This instance has not been started. Call start() and ask again', { code: 'NOT_STARTED', retriable: true })
  }
}

/** The instance has ended: another one may answer. Java: `StreamsStoppedException`. */
export class StreamsStoppedError extends InvalidStateStoreError {
  override readonly name: string = 'StreamsStoppedError'
  constructor(state: string) {
    super(`This instance is ${state} and answers no more. Ask another one, or start a new one`, { code: 'STOPPED' })
  }
}
