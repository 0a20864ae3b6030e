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
