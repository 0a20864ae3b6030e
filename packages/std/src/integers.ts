export const int16Max = 0x7fff
export const int32Max = 0x7fff_ffff
export const int64Max = 0x7fff_ffff_ffff_ffffn
export const int64Min: bigint = -int64Max - 1n

/** A `bigint` of the wire as a `number`. A value beyond 2^53 is a `RangeError` that names `what` it was. */
export function safeNumber(value: bigint, what: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${what} ${value} is beyond 2^53, which is not supported`)
  return number
}
