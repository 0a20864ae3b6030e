/** Values side by side, each padded to its width but for those of width 0. */
export function columns(widths: readonly number[], values: readonly (string | number)[]): string {
  return values.map((value, index) => String(value).padEnd(widths[index] ?? 0)).join(' ')
}

/** The width of a column: that of its longest value, and no less than `minimum`. */
export function widthOf(values: Iterable<string>, minimum: number): number {
  let width = minimum
  for (const value of values) width = Math.max(width, value.length)
  return width
}
