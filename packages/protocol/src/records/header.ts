/** One header of a record. Names may repeat; a value may be null. */
export interface Header {
  readonly key: string
  readonly value: Uint8Array | null
}
