/** Values in columns, each padded to the longest of its column and followed by a tab. */
export function tabTable(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...rows.map((row) => String(row[index] ?? '').length)),
  )
  return [heads, ...rows]
    .map((row) => `${row.map((value, index) => `${String(value).padEnd(widths[index] ?? 0)}\t`).join('')}\n`)
    .join('')
}
