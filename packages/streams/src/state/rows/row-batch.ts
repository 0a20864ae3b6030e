import type { RowArena } from './row-arena.ts'

/** Writes of a commit as rows outside the heap; one without a value deletes. */
export interface RowBatch {
  readonly rows: RowArena
  readonly size: number
  /** Of a key, the last one counts. */
  all(): Int32Array
}
