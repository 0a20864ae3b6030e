import type { Log } from '@streamwright/std'
import { AssertionError, StreamwrightError, asError } from '@streamwright/std'
import type { Serialized } from '@streamwright/formats'
import { Headers, toBytes } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type {
  ErrorHandlerContext,
  RawOutputRecord,
  RawSourceRecord,
  UnserializedRecord,
} from '../handlers/error-handler-context.ts'
import type { ExceptionHandlers, HandlerResponse } from '../handlers/exception-handlers.ts'
import { isFatalDelivery } from '../handlers/fatal-errors.ts'
import { RecordError, UnserializableRecordError } from '../handlers/record-error.ts'
import type { CurrentRecordContext, RecordContext } from '../processor/record-context.ts'
import type { Record } from '../processor/record.ts'
import type { TaskId } from '../processor/task-id.ts'
import { taskIdText } from '../processor/task-id.ts'
import type { Delivered, RecordCollector } from './record-collector.ts'

/** The bytes of a record; null where it has none. */
export interface SourceBytes {
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/** What a task has to do after a record that was not delivered: end the instance, or go back to its last commit. */
export type DeliveryFailure =
  | { readonly kind: 'fail'; readonly error: Error }
  | { readonly kind: 'retry'; readonly error: Error }

export interface FailureHandlingOptions {
  readonly taskId: TaskId
  readonly handlers: ExceptionHandlers
  /** Where dead letters go; undefined where nothing can be written, as in global stores. */
  readonly collector: RecordCollector | undefined
  readonly log: Log
  /** The record that the task is working on. */
  readonly context: CurrentRecordContext
  /** The bytes it was read from, as long as they are there. */
  readonly sourceBytes: () => SourceBytes
  readonly onDropped: (reason: string) => void
  readonly onUndelivered: (failure: DeliveryFailure) => void
}

/** What a handler has said, in one form. */
interface Answer<Result> {
  readonly result: Result
  readonly deadLetters: readonly RawOutputRecord[]
}

const noBytes: SourceBytes = { key: null, value: null }

/**
 * Asks the exception handlers of the application about what fails in one task, and does what they say: throws where the
 * answer is `fail`, returns where the record is left out. Dead letters are written in either case. A broken invariant of
 * our own is thrown as it is, and nobody is asked: no record is to blame for it.
 */
export class FailureHandling {
  readonly #options: FailureHandlingOptions
  /** A record was not delivered: what becomes of others since the last commit makes no difference. */
  #isDecided = false

  constructor(options: FailureHandlingOptions) {
    this.#options = options
  }

  /** The serdes of a source cannot read a record. */
  deserializationFailed(node: string, record: RawSourceRecord, what: string, thrown: unknown): void {
    throwOwn(thrown)
    const error = asError(thrown)
    const context = this.#context(node, record, record)
    const handler = this.#options.handlers.deserialization(node)
    const answer = this.#ask(context, error, () => handler.handleError(context, record, error))
    this.#write(answer)
    const remedy = 'Correct the serdes of the source, or set deserialization.exception.handler to logAndContinue'
    const failure = new RecordError(what, 'SERIALIZATION', record, error, remedy)
    if (answer.result !== 'resume') throw failure
    this.#leaveOut(failure, 'deserialization failed')
  }

  /** A processor has thrown on a record, or while a late result is passed on: then there is no record. */
  processingFailed(node: string, record: Record<unknown, unknown> | null, thrown: unknown): void {
    this.#failedIn(node, record, thrown, `Processor ${node} failed`, 'PROCESSING_FAILED', 'processing failed')
  }

  /**
   * Nobody is asked about what no processor has thrown, such as the partitioner of a sink right below its source: it ends
   * the instance, with the place in the error. Java: "Exception caught in process".
   */
  escaped(node: string, thrown: unknown): never {
    throwOwn(thrown)
    if (thrown instanceof StreamsError) throw thrown
    const remedy = 'Fix what was called there'
    throw new RecordError(`What follows ${node} failed`, 'PROCESSING_FAILED', this.#options.context, thrown, remedy)
  }

  punctuationFailed(node: string, thrown: unknown): void {
    this.#failedIn(node, null, thrown, `The punctuation of ${node} failed`, 'PUNCTUATION_FAILED', 'punctuation failed')
  }

  #failedIn(
    node: string,
    record: Record<unknown, unknown> | null,
    thrown: unknown,
    what: string,
    code: string,
    reason: string,
  ): void {
    throwOwn(thrown)
    // What a node further down was judged for already passes as it is.
    if (thrown instanceof RecordError && !(thrown instanceof UnserializableRecordError)) throw thrown
    const error = asError(thrown)
    const { collector, context: current, handlers, sourceBytes } = this.#options
    const remedy = 'Fix the processor, or set processing.exception.handler to logAndContinue'
    const failure = new RecordError(what, code, current, error, remedy)
    if (collector === undefined && !handlers.processesGlobalStores) throw failure
    const context = this.#context(node, current, sourceBytes())
    const handler = handlers.processing(node)
    const answer = this.#ask(context, error, () => handler.handleError(context, record, error))
    this.#write(answer)
    if (answer.result !== 'resume') throw failure
    this.#leaveOut(failure, reason)
  }

  /** The serdes of a sink cannot write a record. */
  serializationFailed(
    node: string,
    record: UnserializedRecord,
    origin: 'key' | 'value',
    what: string,
    thrown: unknown,
  ): void {
    throwOwn(thrown)
    const error = asError(thrown)
    const current = this.#options.context
    const context = this.#context(node, current, this.#options.sourceBytes())
    const handler = this.#options.handlers.production(node)
    const answer = this.#ask(
      context,
      error,
      () => handler.handleSerializationError?.(context, record, error, origin) ?? 'fail',
    )
    this.#write(answer)
    const remedy = 'Give the operator matching serdes, or set production.exception.handler to logAndContinue'
    const failure = new UnserializableRecordError(what, current, error, remedy, answer.deadLetters.length > 0)
    if (answer.result !== 'resume') throw failure
    this.#leaveOut(failure, 'production failed')
  }

  /**
   * Who is told what becomes of records of a node (null: of a changelog) that are on their way to the cluster. For when
   * nobody {@link needsUndelivered}: one function for all records.
   */
  delivery(node: string | null): Delivered {
    return (error) => {
      if (error !== null) this.#undelivered(node, undefined, error)
    }
  }

  /** Whether each record has to be kept until it is delivered, by {@link deliveryOf}. */
  get needsUndelivered(): boolean {
    return this.#options.handlers.needsUndelivered
  }

  /** The same for one record, with all that a handler may want to know of it, in copies. */
  deliveryOf(
    node: string | null,
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Serialized | null,
    value: Serialized | null,
    headers: Headers | undefined,
  ): Delivered {
    const record = {
      topic,
      partition,
      timestamp,
      headers: headers?.copy() ?? new Headers(),
      key: key === null ? null : Buffer.from(toBytes(key)),
      value: value === null ? null : Buffer.from(toBytes(value)),
    }
    const context = this.#context(node, this.#options.context.capture(), this.#options.sourceBytes())
    return (error) => {
      if (error !== null) this.#undelivered(node, { record, context }, error)
    }
  }

  /** The task begins anew at its last commit. */
  reset(): void {
    this.#isDecided = false
  }

  #undelivered(
    node: string | null,
    details: { readonly record: RawOutputRecord; readonly context: ErrorHandlerContext } | undefined,
    error: Error,
  ): void {
    if (this.#isDecided) return
    const failure = undeliveredError(node, details, error)
    if (isFatalDelivery(error)) return this.#decide({ kind: 'fail', error: failure })
    const context = details?.context ?? this.#context(node, nowhere, noBytes)
    const record = details?.record ?? { topic: '', timestamp: -1, key: null, value: null }
    const handler = this.#options.handlers.production(node)
    let answer: Answer<'fail' | 'resume' | 'retry'>
    try {
      answer = this.#ask(context, error, () => handler.handleError(context, record, error))
    } catch (thrown) {
      return this.#decide({ kind: 'fail', error: asError(thrown) })
    }
    this.#write(answer)
    if (answer.result === 'resume') this.#leaveOut(failure, 'production failed')
    else if (answer.result === 'retry' && isRetriable(error)) this.#decide({ kind: 'retry', error: failure })
    else this.#decide({ kind: 'fail', error: failure })
  }

  #decide(failure: DeliveryFailure): void {
    this.#isDecided = true
    this.#options.onUndelivered(failure)
  }

  #ask<Result extends string>(
    context: ErrorHandlerContext,
    error: Error,
    ask: () => HandlerResponse<Result>,
  ): Answer<Result> {
    let response: unknown
    try {
      response = ask()
    } catch (cause) {
      this.#options.log.error('An exception handler has thrown itself', { node: context.processorNodeId, error })
      throw new RecordError('An exception handler failed', 'HANDLER_FAILED', context, cause, 'Fix the handler')
    }
    const answer = readResponse<Result>(response)
    if (answer !== undefined) return answer
    const cause = new Error(`it answered ${JSON.stringify(response) ?? String(response)}`, { cause: error })
    const remedy = 'Let it answer resume or fail, or retry where records are written'
    throw new RecordError('An exception handler gave no answer', 'HANDLER_FAILED', context, cause, remedy)
  }

  #write({ deadLetters }: Answer<unknown>): void {
    const { collector, log } = this.#options
    if (deadLetters.length === 0) return
    if (collector === undefined) {
      log.warn('Nothing can be written where global stores are kept: a dead letter is left out')
      return
    }
    for (const { topic, partition, timestamp, key, value, headers } of deadLetters)
      collector.send(topic, partition, timestamp, key, value, headers, (error) => this.#letterDelivered(topic, error))
  }

  /** No handler is asked about dead letters: its answer might be another one. */
  #letterDelivered(topic: string, error: Error | null): void {
    if (error === null || this.#isDecided) return
    const what = `A dead letter could not be written to ${topic}: ${error.message}`
    const failure = new StreamsError(`${what}. Create the topic, or mend what is wrong with it`, {
      code: 'PRODUCTION_FAILED',
      cause: error,
    })
    this.#decide({ kind: isRetriable(error) ? 'retry' : 'fail', error: failure })
  }

  #leaveOut(failure: StreamsError, reason: string): void {
    this.#options.log.warn(`${failure.message} The record is left out`, { code: failure.code })
    this.#options.onDropped(reason)
  }

  #context(node: string | null, place: Omit<RecordContext, 'headers'> & Partial<RecordContext>, bytes: SourceBytes) {
    const { topic, partition, offset, timestamp, headers = new Headers() } = place
    const { taskId } = this.#options
    const { key: sourceRawKey, value: sourceRawValue } = bytes
    const where = { topic, partition, offset, timestamp, headers }
    return { ...where, processorNodeId: node, taskId, sourceRawKey, sourceRawValue } satisfies ErrorHandlerContext
  }
}

const nowhere = { topic: null, partition: -1, offset: -1, timestamp: -1 } as const

function undeliveredError(
  node: string | null,
  details: { readonly record: RawOutputRecord; readonly context: ErrorHandlerContext } | undefined,
  error: Error,
): StreamsError {
  const from = node === null ? 'a changelog' : `sink ${node}`
  const to = details === undefined ? '' : ` to ${details.record.topic}`
  const task = details === undefined ? '' : ` (task ${taskIdText(details.context.taskId)})`
  const remedy = 'See the cause, or let production.exception.handler say what becomes of such records'
  return new StreamsError(`A record of ${from} could not be written${to}${task}: ${error.message}. ${remedy}`, {
    code: 'PRODUCTION_FAILED',
    cause: error,
  })
}

function isRetriable(error: Error): boolean {
  return error instanceof StreamwrightError && error.retriable
}

function readResponse<Result extends string>(response: unknown): Answer<Result> | undefined {
  const isObject = typeof response === 'object' && response !== null && 'result' in response
  const given = isObject ? response : { result: response }
  const { result } = given
  if (result !== 'fail' && result !== 'resume' && result !== 'retry') return undefined
  const { deadLetterQueueRecords: letters = [] } = given as { readonly deadLetterQueueRecords?: RawOutputRecord[] }
  return { result: result as string as Result, deadLetters: letters }
}

function throwOwn(thrown: unknown): void {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AssertionError) throw cause
  }
}
