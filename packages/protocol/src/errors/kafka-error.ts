import { StreamwrightError } from '@streamwright/std'
import { errorInfo } from './error-info.ts'

/** An error code of the protocol as an error. `code` is Kafka's name for it, such as `UNKNOWN_TOPIC_OR_PARTITION`. */
export class KafkaError extends StreamwrightError {
  override readonly name = 'KafkaError'
  /** Kafka's number for it, which goes over the wire. */
  readonly errorCode: number

  constructor(errorCode: number, message: string, cause?: unknown) {
    const info = errorInfo(errorCode)
    super(message, { code: info.name, retriable: info.retriable, ...(cause === undefined ? {} : { cause }) })
    this.errorCode = errorCode
  }
}

/** The error for a code, with what is known about the case (`detail`) behind what the code means in general. */
export function kafkaError(errorCode: number, detail?: string | null): KafkaError {
  const { message } = errorInfo(errorCode)
  return new KafkaError(
    errorCode,
    detail === undefined || detail === null || detail === '' ? message : `${message}: ${detail}`,
  )
}
