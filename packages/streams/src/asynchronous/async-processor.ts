import type { ProcessorContext, RecordMetadata } from '../processor/processor-context.ts'
import type { Record } from '../processor/record.ts'
import type { StoreDefinition } from '../state/store-definition.ts'

/** What a call may know of itself. */
export interface AsyncCall {
  /** Aborted when the time-out has passed, or when nobody waits for the result any more. Hand it on. */
  readonly signal: AbortSignal
  /** 1 for the first attempt. */
  readonly attempt: number
  /** Where the record came from: unique, so that a service can recognise a repeat. Undefined below punctuations. */
  readonly metadata: RecordMetadata | undefined
}

/**
 * A processor that waits for something outside: `call` makes the promise, `complete` takes its result in the turn of
 * the record. Only `complete` (and `call` before its first `await`, for reading) may use stores; only `complete` may
 * forward. One object for each task.
 */
export interface AsyncProcessor<KIn, VIn, Result, KOut = never, VOut = never> {
  init?(context: ProcessorContext<KOut, VOut>): void
  call(record: Record<KIn, VIn>, call: AsyncCall): PromiseLike<Result> | Result
  complete(record: Record<KIn, VIn>, result: Result): void
  close?(): void
}

/** Makes a new processor for each task; as an object it also brings the stores that the processor needs. */
export type AsyncProcessorSupplier<KIn, VIn, Result, KOut = never, VOut = never> =
  | (() => AsyncProcessor<KIn, VIn, Result, KOut, VOut>)
  | {
      readonly create: () => AsyncProcessor<KIn, VIn, Result, KOut, VOut>
      readonly stores?: readonly StoreDefinition[]
    }
