/** What is measured of one thing, again and again. */
export interface MicroRun {
  /** How many records, values or starts one call is. */
  readonly perRun: number
  run(): void | Promise<void>
  close?(): void
}

/** One row of a table of micro benchmarks. */
export interface MicroCase {
  readonly group: MicroGroup
  readonly name: string
  start(): MicroRun
}

/** What one figure is of. */
export const microGroups = {
  operators: 'record',
  serdes: 'value',
  'test driver': 'time',
} as const

export type MicroGroup = keyof typeof microGroups

/** What was measured of a case, in nanoseconds for one record, value or time. */
export interface MicroResult {
  readonly group: MicroGroup
  readonly name: string
  readonly p25: number
  readonly median: number
  readonly p75: number
}
