import { StreamwrightError } from '@streamwright/std'

/** Bytes could not be read, or a value could not be written, by a serde. Java: `SerializationException`. */
export class SerdeError extends StreamwrightError {
  override readonly name: string = 'SerdeError'
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'SERIALIZATION', cause })
  }
}
