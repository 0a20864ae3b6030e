import { ConfigurationError, StreamwrightError } from '@streamwright/std'
import { deadLetter } from './dead-letter.ts'
import type { ErrorHandlerContext, RawOutputRecord, UnserializedRecord } from './error-handler-context.ts'
import type {
  DeserializationExceptionHandler,
  ExceptionHandlers,
  HandlerResponse,
  HandlerResult,
  ProcessingExceptionHandler,
  ProductionExceptionHandler,
  ProductionHandlerResult,
} from './exception-handlers.ts'
import { UnserializableRecordError } from './record-error.ts'

interface AnyHandler {
  handleError(...problem: never[]): unknown
}

/** The handlers that come with the library; Java's class names stand for them, too. Both write a dead letter, if there is a topic for them. */
export type StandardHandler = 'logAndFail' | 'logAndContinue'

/** A standard handler by name, a handler, or a function that is its `handleError`. */
export type HandlerChoice<Handler extends AnyHandler> = StandardHandler | Handler | Handler['handleError']

/** Handlers for nodes by name, and one for the others (`logAndFail`). */
export interface HandlersByNode<Handler extends AnyHandler> {
  readonly byNode: { readonly [node: string]: HandlerChoice<Handler> }
  readonly others?: HandlerChoice<Handler>
}

/** What is configured: one handler for all nodes, or handlers by node. */
export type HandlerSetting<Handler extends AnyHandler> = HandlerChoice<Handler> | HandlersByNode<Handler>

/** What an application says about errors, under Kafka's names. */
export interface HandlerOptions {
  /** `deserialization.exception.handler`: a source's serdes cannot read a record. Default `logAndFail`. */
  readonly deserializationExceptionHandler?: HandlerSetting<DeserializationExceptionHandler> | undefined
  /** `processing.exception.handler`: a processor throws. Default `logAndFail`. */
  readonly processingExceptionHandler?: HandlerSetting<ProcessingExceptionHandler> | undefined
  /** `processing.exception.handler.global.enabled`: the same in global stores. Default: their errors are fatal. */
  readonly processingExceptionHandlerGlobalEnabled?: boolean | undefined
  /**
   * `production.exception.handler`: a record cannot be written. Default `logAndFail`. The standard handlers retry what is
   * retriable.
   */
  readonly productionExceptionHandler?: HandlerSetting<ProductionExceptionHandler> | undefined
  /** `errors.dead.letter.queue.topic.name`: where the standard handlers write what fails. It must exist. */
  readonly errorsDeadLetterQueueTopicName?: string | null | undefined
}

/** Makes the handlers that are meant. Throws `ConfigurationError`. */
export function exceptionHandlers(options: HandlerOptions): ExceptionHandlers {
  const { productionExceptionHandler: production, errorsDeadLetterQueueTopicName: topic } = options
  const answer =
    (
      result: HandlerResult,
    ): ProcessingExceptionHandler['handleError'] & DeserializationExceptionHandler['handleError'] =>
    (context, _record, error) => ({ result, deadLetterQueueRecords: deadLetters(topic, context, error) })
  const standard = {
    logAndFail: { handleError: answer('fail') },
    logAndContinue: { handleError: answer('resume') },
  }
  return {
    deserialization: chooser<DeserializationExceptionHandler>(
      'deserialization.exception.handler',
      options.deserializationExceptionHandler,
      standard,
    ),
    processing: chooser<ProcessingExceptionHandler>(
      'processing.exception.handler',
      options.processingExceptionHandler,
      standard,
    ),
    production: chooser<ProductionExceptionHandler>('production.exception.handler', production, {
      logAndFail: new StandardProductionHandler('fail', topic),
      logAndContinue: new StandardProductionHandler('resume', topic),
    }),
    needsUndelivered: typeof (production ?? '') !== 'string' || typeof topic === 'string',
    processesGlobalStores: options.processingExceptionHandlerGlobalEnabled ?? false,
  }
}

/** Java: `DefaultProductionExceptionHandler`. What may pass is tried again, since to go on would lose records. */
class StandardProductionHandler implements ProductionExceptionHandler {
  readonly #result: HandlerResult
  readonly #topic: string | null | undefined

  constructor(result: HandlerResult, topic: string | null | undefined) {
    this.#result = result
    this.#topic = topic
  }

  handleError(
    context: ErrorHandlerContext,
    _record: RawOutputRecord,
    error: Error,
  ): HandlerResponse<ProductionHandlerResult> {
    return isRetriable(error) ? 'retry' : this.#answer(context, error)
  }

  handleSerializationError(
    context: ErrorHandlerContext,
    _record: UnserializedRecord,
    error: Error,
  ): HandlerResponse<ProductionHandlerResult> {
    return this.#answer(context, error)
  }

  #answer(context: ErrorHandlerContext, error: Error): HandlerResponse {
    return { result: this.#result, deadLetterQueueRecords: deadLetters(this.#topic, context, error) }
  }
}

function deadLetters(topic: string | null | undefined, context: ErrorHandlerContext, error: Error): RawOutputRecord[] {
  if (typeof topic !== 'string') return []
  // One failure, one letter: the production handler has written it.
  if (error instanceof UnserializableRecordError && error.hasDeadLetters) return []
  return [deadLetter(topic, context, error)]
}

function isRetriable(error: Error): boolean {
  return error instanceof StreamwrightError && error.retriable
}

/** Settings that were written for Java have the names of its classes, with their package or without. */
const standardNames: ReadonlyMap<string, StandardHandler> = new Map([
  ['logAndFail', 'logAndFail'],
  ['LogAndFailExceptionHandler', 'logAndFail'],
  ['LogAndFailProcessingExceptionHandler', 'logAndFail'],
  ['DefaultProductionExceptionHandler', 'logAndFail'],
  ['logAndContinue', 'logAndContinue'],
  ['LogAndContinueExceptionHandler', 'logAndContinue'],
  ['LogAndContinueProcessingExceptionHandler', 'logAndContinue'],
])

type Standards<Handler> = { readonly [name in StandardHandler]: Handler }

function chooser<Handler extends AnyHandler>(
  name: string,
  setting: HandlerSetting<Handler> = 'logAndFail',
  standards: Standards<Handler>,
): (node: string | null) => Handler {
  if (!isByNode(setting)) {
    const one = chosen(name, setting, standards)
    return () => one
  }
  const others = chosen(name, setting.others ?? 'logAndFail', standards)
  const byNode = new Map(Object.entries(setting.byNode).map(([node, each]) => [node, chosen(name, each, standards)]))
  return (node) => (node === null ? others : (byNode.get(node) ?? others))
}

function isByNode<Handler extends AnyHandler>(setting: HandlerSetting<Handler>): setting is HandlersByNode<Handler> {
  return typeof setting === 'object' && 'byNode' in setting
}

function chosen<Handler extends AnyHandler>(
  name: string,
  choice: HandlerChoice<Handler>,
  standards: Standards<Handler>,
): Handler {
  // Without a type parameter of its own, a function is not told from a handler by the checks that follow.
  const given: unknown = choice
  const standard = typeof given === 'string' ? standardNames.get(given.replace(/.*\./, '')) : undefined
  if (standard !== undefined) return standards[standard]
  if (typeof given === 'function') return { handleError: given } as unknown as Handler
  if (typeof given === 'object' && given !== null && 'handleError' in given) return given as Handler
  throw new ConfigurationError(
    `Invalid value ${String(given)} for setting ${name}: it must be logAndFail, logAndContinue, a function, or an object with a method handleError`,
  )
}
