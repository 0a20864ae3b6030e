import { asError } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { RecordContext } from '../processor/record-context.ts'

/** A record that failed for good: says where it came from and what to do. */
export class RecordError extends StreamsError {
  override readonly name: string = 'RecordError'
  readonly topic: string | null
  readonly partition: number
  readonly offset: number

  constructor(
    what: string,
    code: string,
    context: Pick<RecordContext, 'topic' | 'partition' | 'offset'>,
    cause: unknown,
    remedy: string,
  ) {
    const place =
      context.topic === null ? 'a punctuation' : `record ${context.topic}-${context.partition}@${context.offset}`
    super(`${what} for ${place}: ${asError(cause).message}. ${remedy}`, { code, cause })
    this.topic = context.topic
    this.partition = context.partition
    this.offset = context.offset
  }
}

/** A sink cannot serialize a record. It is the error of the processor that has forwarded the record, too. */
export class UnserializableRecordError extends RecordError {
  override readonly name: string = 'UnserializableRecordError'
  /** Whether the failure has its dead letters already. */
  readonly hasDeadLetters: boolean

  constructor(what: string, context: RecordContext, cause: unknown, remedy: string, hasDeadLetters: boolean) {
    super(what, 'SERIALIZATION', context, cause, remedy)
    this.hasDeadLetters = hasDeadLetters
  }
}
