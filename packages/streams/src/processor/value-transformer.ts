import type { Headers } from '@streamwright/formats'
import type { ProcessingContext } from './processor-context.ts'

/** What a {@link ValueTransformer} may ask of the task it runs in. It cannot forward: its results are what it returns. */
export interface ValueTransformerContext extends ProcessingContext {
  /** Of the change that is being transformed, or of the row that is made anew; −1 where there is no such row. */
  readonly timestamp: number
  /** A copy of the headers of the change. None when a row is made anew. */
  readonly headers: Headers
}

/**
 * Makes the rows of a table from those of another with the help of stores or of its context. Java:
 * `ValueTransformerWithKey`.
 */
export interface ValueTransformer<K, V, V2> {
  /** Called once, before the first row; the place to fetch stores and to schedule punctuations. */
  init?(context: ValueTransformerContext): void
  /**
   * The row that follows from one of the parent's; null leaves it out. Called with null for rows that were deleted or
   * never there. Rows that are not kept are made as often as somebody reads them, then with a context that knows the
   * row's timestamp but no topic: without a store of its own, let the result depend on the arguments alone.
   */
  transform(value: V | null, key: K): V2 | null
  close?(): void
}

/** Makes a new transformer for each task, and for each reader of rows that are not kept. */
export type ValueTransformerSupplier<K, V, V2> = () => ValueTransformer<K, V, V2>
