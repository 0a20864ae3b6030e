import type { RecordContext } from '../processor/record-context.ts'

/** The outcome of a call, ready to go on in the turn of its record. */
export interface PendingResult {
  /** Of the record that was called for. */
  readonly context: RecordContext
  /** Passes the result on, or throws the error of the call. */
  readonly complete: () => void
}

/** Work of an operator that outlives `process`: the task asks for results, and commits only when there is none left. */
export interface PendingWork {
  /** Records inside: waiting, running, or with a result that has not gone on. */
  readonly size: number
  /** Whether the task has to stop taking records. */
  readonly isFull: boolean
  /** Calls that run at this moment; the others wait for their turn, or for a retry. */
  readonly running: number
  /** Takes out the next result. Its record leaves when `complete` has run. */
  takeResult(): PendingResult | undefined
  /** Aborts every call and forgets every record. */
  abort(): void
}
