import type { Record } from '../processor/record.ts'
import type {
  ErrorHandlerContext,
  RawOutputRecord,
  RawSourceRecord,
  UnserializedRecord,
} from './error-handler-context.ts'

/** What becomes of a record that fails: it ends the instance, or is left out. */
export type HandlerResult = 'fail' | 'resume'

/** A task whose record cannot be delivered may also go back to its last commit, if the error is retriable. */
export type ProductionHandlerResult = HandlerResult | 'retry'

/** An answer alone, or with records that are written to topics of dead letters, whatever the answer is. */
export type HandlerResponse<Result extends string = HandlerResult> =
  | Result
  | { readonly result: Result; readonly deadLetterQueueRecords?: readonly RawOutputRecord[] }

/** Asked about records that the serdes of a source cannot read. */
export interface DeserializationExceptionHandler {
  handleError(context: ErrorHandlerContext, record: RawSourceRecord, error: Error): HandlerResponse
}

/** Asked about records on which a processor throws; the record is null for a punctuation and for a late result. */
export interface ProcessingExceptionHandler {
  handleError(context: ErrorHandlerContext, record: Record<unknown, unknown> | null, error: Error): HandlerResponse
}

/** Asked about records that cannot be written. */
export interface ProductionExceptionHandler {
  /**
   * The cluster did not take the record. Not asked about errors after which nothing can be written, such as a lack of
   * rights. `retry` of an error that is not `retriable` is `fail`.
   */
  handleError(
    context: ErrorHandlerContext,
    record: RawOutputRecord,
    error: Error,
  ): HandlerResponse<ProductionHandlerResult>
  /**
   * A serde cannot write the key or the value. Default: `fail`, and so is `retry`. To fail here is to fail the processor
   * that has forwarded the record: what then happens is for the processing handler to say.
   */
  handleSerializationError?(
    context: ErrorHandlerContext,
    record: UnserializedRecord,
    error: Error,
    origin: 'key' | 'value',
  ): HandlerResponse<ProductionHandlerResult>
}

/** The handlers of an application, by the name of the node that failed. */
export interface ExceptionHandlers {
  readonly deserialization: (node: string | null) => DeserializationExceptionHandler
  readonly processing: (node: string | null) => ProcessingExceptionHandler
  readonly production: (node: string | null) => ProductionExceptionHandler
  /** Whether somebody wants to see a record that was not delivered: to keep each until it is has its price. */
  readonly needsUndelivered: boolean
  /** `processing.exception.handler.global.enabled`. */
  readonly processesGlobalStores: boolean
}
