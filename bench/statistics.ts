/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** `12.3k`, `4.56M`. */
export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)}M`
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)}k` : value.toFixed(1)
}
