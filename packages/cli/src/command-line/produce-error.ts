import { OperationTimeoutError, RecordTooLargeError } from '@streamwright/client'
import { asError } from '@streamwright/std'
import { javaError } from './java-error.ts'

/** Why a record was not written, as Java's producer has it. */
export interface ProduceError {
  /** The name of Java's class, with its package. */
  readonly exception: string
  readonly message: string
}

/** What Java's producer would have told of a record of `topic` that failed with `error`. */
export function produceError(error: unknown, topic: string, maxBlockMs: number): ProduceError {
  const ofClass = (name: string): string => `org.apache.kafka.common.errors.${name}`
  if (error instanceof OperationTimeoutError) {
    const message =
      error.code === 'OPERATION_TIMEOUT'
        ? `Topic ${topic} not present in metadata after ${maxBlockMs} ms.`
        : error.message
    return { exception: ofClass('TimeoutException'), message }
  }
  if (error instanceof RecordTooLargeError)
    return { exception: ofClass('RecordTooLargeException'), message: error.message }
  const { message, text } = javaError(asError(error))
  if (text.includes('.InvalidTopicException: '))
    return { exception: ofClass('InvalidTopicException'), message: `Invalid topics: [${topic}]` }
  const name = text.endsWith(`: ${message}`) ? text.slice(0, -message.length - 2) : undefined
  return { exception: name ?? ofClass('NetworkException'), message }
}
