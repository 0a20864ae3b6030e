import type { GrowthEntry } from './growth-bench.ts'

const plotWidth = 250
const plotHeight = 180
const left = 46
const top = 50
const gap = 70
const colours: Readonly<Record<GrowthEntry['engine'], string>> = { lmdb: '#3a6ea5', log: '#c0692a', memory: '#5a8f4e' }

interface Line {
  readonly engine: GrowthEntry['engine']
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** Three plots of CPU seconds per million records: by keys, by partitions, and by the tenths of a run. */
export function growthChart(entries: readonly GrowthEntry[]): string {
  const ofSeries = (series: GrowthEntry['series'], size: 'keys' | 'partitions'): Line[] =>
    [
      ...Map.groupBy(
        entries.filter((entry) => entry.series === series),
        ({ engine }) => engine,
      ),
    ].map(([engine, of]) => ({
      engine,
      points: of.map((entry) => ({ x: Math.log2(entry[size]), y: entry.cpuSecondsPerMillion })),
    }))
  const overTime = entries
    .filter(({ series, keys }) => series === 'state' && keys === 1_000_000)
    .map(({ engine, slices }): Line => ({ engine, points: slices.map((y, x) => ({ x, y })) }))
  const plots = [
    plot(0, 'keys, 10 k to 10 M', ofSeries('state', 'keys')),
    plot(1, 'partitions, 1 to 256', ofSeries('partitions', 'partitions')),
    plot(2, 'time: tenths of 1 M updates, 1 M keys', overTime),
  ]
  const width = left + 3 * (plotWidth + gap)
  const height = top + plotHeight + 60
  const legend = Object.entries(colours).map(
    ([engine, colour], index) =>
      `<rect x="${left + index * 90}" y="${height - 22}" width="12" height="12" fill="${colour}"/>` +
      `<text x="${left + index * 90 + 18}" y="${height - 12}">${engine}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>text{font:12px sans-serif;fill:#444}path{fill:none;stroke-width:2}.grid{stroke:#ddd}</style>
<rect width="${width}" height="${height}" style="fill:#fff"/>
<text x="${left}" y="20">CPU seconds of the application per million records counted, by</text>
${[...plots, ...legend].join('\n')}
</svg>
`
}

function plot(index: number, title: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points)
  const highest = Math.ceil(Math.max(1, ...points.map(({ y }) => y)))
  const [low, high] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))]
  const originX = left + index * (plotWidth + gap)
  const placeX = (x: number): string => (originX + ((x - low) / Math.max(high - low, 1)) * plotWidth).toFixed(1)
  const placeY = (y: number): string => (top + plotHeight - (y / highest) * plotHeight).toFixed(1)
  const grid = [0, highest / 2, highest].map(
    (y) =>
      `<line class="grid" x1="${originX}" x2="${originX + plotWidth}" y1="${placeY(y)}" y2="${placeY(y)}"/>` +
      `<text x="${originX - 6}" y="${placeY(y)}" text-anchor="end">${y}</text>`,
  )
  const paths = lines.map(
    ({ engine, points: of }) =>
      `<path stroke="${colours[engine]}" d="M${of.map(({ x, y }) => `${placeX(x)} ${placeY(y)}`).join('L')}"/>`,
  )
  return [...grid, ...paths, `<text x="${originX}" y="${top + plotHeight + 18}">${title}</text>`].join('\n')
}
