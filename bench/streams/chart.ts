import type { StreamsEntry } from './streams-bench.ts'

const rowHeight = 26
const labelWidth = 190
const plotWidth = 560
const noteWidth = 130
const top = 56
const barHeight = 16
const linesAt = [1, 2, 4, 8, 16, 32]

/** Bars of steady rates, ours over the better configuration of each peer, on a logarithmic scale; 1 is the peer. */
export function chartOf(entries: readonly StreamsEntry[]): string {
  const rows = [...Map.groupBy(entries, ({ workload }) => workload)].flatMap(([workload, of]) => {
    const best = of.toSorted((left, right) => left.ratio.steady - right.ratio.steady)[0]
    return best === undefined || best.ratio.steady <= 0 ? [] : [{ workload, best }]
  })
  const largest = Math.max(2, ...rows.map(({ best }) => best.ratio.steady))
  const x = (ratio: number): number =>
    labelWidth + (Math.log2(Math.max(ratio, 0.5) * 2) / Math.log2(largest * 2)) * plotWidth
  const height = top + rows.length * rowHeight + 16
  const width = labelWidth + plotWidth + noteWidth
  const grid = linesAt
    .filter((ratio) => ratio <= largest)
    .map((ratio) => {
      const at = x(ratio).toFixed(1)
      return (
        `<line x1="${at}" x2="${at}" y1="${top - 8}" y2="${height - 12}" class="${ratio === 1 ? 'one' : 'grid'}"/>` +
        `<text x="${at}" y="${top - 14}" text-anchor="middle">${ratio}</text>`
      )
    })
  const bars = rows.map(({ workload, best }, index) => {
    const y = top + index * rowHeight
    const [from, to] = [x(1), x(best.ratio.steady)]
    return (
      `<text x="${labelWidth - 10}" y="${y + 13}" text-anchor="end">${workload}</text>` +
      `<rect x="${Math.min(from, to).toFixed(1)}" y="${y}" width="${Math.abs(to - from).toFixed(1)}" height="${barHeight}" rx="2"/>` +
      `<text x="${(Math.max(from, to) + 6).toFixed(1)}" y="${y + 13}">${best.ratio.steady.toFixed(1)} × ${best.peer}</text>`
    )
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>text{font:13px sans-serif;fill:#444}.grid{stroke:#ddd}.one{stroke:#888}rect{fill:#3a6ea5}</style>
<rect width="${width}" height="${height}" style="fill:#fff"/>
<text x="10" y="22">Records per second, ours over the better configuration of the peer, one stream thread</text>
${grid.join('\n')}
${bars.join('\n')}
</svg>
`
}
