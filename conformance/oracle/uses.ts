import type { KTable } from '@streamwright/streams'
import { serdes } from '@streamwright/streams'
import type { Collected, Use } from './folds.ts'
import type { Rows } from './scenario.ts'

const regroupedSerde = serdes.json<Collected>()
const textsSerde = serdes.json<string[]>()

/**
 * Sends the rows of a table to `out`: as they are, or grouped by how many values they have, where each change takes its
 * old value away again.
 */
export function sendRows<K>(table: KTable<K, Collected>, use: Use, nameOf: (key: K) => string): void {
  if (use === 'rows') {
    table.toStream((key) => nameOf(key)).to('out', { key: serdes.string, value: regroupedSerde })
    return
  }
  table
    .groupBy((key, { values }) => [String(values.length), rowText(nameOf(key), values)] as const, {
      key: serdes.string,
      value: serdes.string,
    })
    .aggregate<string[]>(
      () => [],
      (_key, text, texts) => [...texts, text].toSorted(),
      (_key, text, texts) => {
        const index = texts.indexOf(text)
        const left = index < 0 ? [...texts, `unknown ${text}`] : texts.toSpliced(index, 1)
        return left.length === 0 ? null : left
      },
      { value: textsSerde },
    )
    .toStream()
    .to('out', { key: serdes.string, value: textsSerde })
}

/** The rows that {@link sendRows} must come to. */
export function usedRows(rows: ReadonlyMap<string, Collected>, use: Use): Rows {
  if (use === 'rows') return rows
  const groups = new Map<string, string[]>()
  for (const [name, { values }] of rows) {
    const group = String(values.length)
    groups.set(group, [...(groups.get(group) ?? []), rowText(name, values)].toSorted())
  }
  return groups
}

function rowText(name: string, values: readonly string[]): string {
  return `${name}=${values.join('')}`
}
