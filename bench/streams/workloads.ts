import type { DataSet } from './data-sets.ts'

/** A topology of `topologies.ts` and of `bench/peers/java/Workloads.java`. */
export type TopologyName =
  | 'json-map'
  | 'json-map-plain'
  | 'string-map'
  | 'word-count'
  | 'count'
  | 'hopping'
  | 'session'
  | 'stream-stream-join'
  | 'stream-table-join'
  | 'foreign-key-join'

export interface Input {
  readonly set: DataSet
  /** How many of its records there are: a share of those of the run, or so many whatever the run has. */
  readonly records: { readonly share: number } | { readonly count: number }
}

/** How outputs of contenders are held against each other. */
export type OutputComparison =
  /** Every record counts, with its timestamp, in any order. */
  | 'records'
  /** What a cache leaves out differs; the last value of each key does not. */
  | 'latest'

/** What of a run is measured. */
export type Measured = 'throughput' | 'restore' | 'latency' | 'start-up'

export interface Workload {
  readonly name: string
  readonly measured: Measured
  readonly topology: TopologyName
  readonly inputs: readonly Input[]
  /** Of a run: so many that Java takes 15 to 30 s for them, of which it compiles for some. */
  readonly records: number
  /** How many records of its last stage stand for one of the input; 0 where there is one stage. */
  readonly middle: number
  readonly store: 'persistent' | 'memory'
  /** Whether every update is emitted: `statestore.cache.max.bytes=0`. */
  readonly cacheOff: boolean
  readonly compare: OutputComparison
  readonly valuesAreJson: boolean
}

const throughput = {
  measured: 'throughput',
  middle: 0,
  store: 'persistent',
  cacheOff: false,
  compare: 'latest',
  valuesAreJson: false,
} as const

const all = (set: DataSet): readonly Input[] => [{ set, records: { share: 1 } }]
const table = { set: 'users', records: { count: 100_000 } } as const
const jsonMap = {
  ...throughput,
  inputs: all('orders'),
  records: 3_000_000,
  compare: 'records',
  valuesAreJson: true,
} as const
const wordCount = { ...throughput, topology: 'word-count', inputs: all('lines'), middle: 13 } as const
const count = { ...throughput, topology: 'count', inputs: all('keys'), records: 1_000_000 } as const

/** Everything that is measured, by the names of the command line. */
export const workloads: readonly Workload[] = [
  { ...jsonMap, name: 'json-map', topology: 'json-map' },
  { ...jsonMap, name: 'json-map-plain', topology: 'json-map-plain' },
  {
    ...throughput,
    name: 'string-map',
    topology: 'string-map',
    inputs: all('keys'),
    records: 3_000_000,
    compare: 'records',
  },
  { ...wordCount, name: 'word-count', records: 300_000 },
  { ...wordCount, name: 'word-count-cache-off', records: 150_000, cacheOff: true, compare: 'records' },
  { ...count, name: 'count' },
  { ...count, name: 'count-cache-off', cacheOff: true, compare: 'records' },
  { ...count, name: 'count-memory', store: 'memory' },
  { ...count, name: 'count-memory-cache-off', store: 'memory', cacheOff: true, compare: 'records' },
  { ...throughput, name: 'hopping', topology: 'hopping', inputs: all('trades'), records: 600_000, valuesAreJson: true },
  {
    ...throughput,
    name: 'stream-stream-join',
    topology: 'stream-stream-join',
    inputs: [
      { set: 'left', records: { share: 1 / 2 } },
      { set: 'right', records: { share: 1 / 2 } },
    ],
    records: 800_000,
    compare: 'records',
  },
  {
    ...throughput,
    name: 'stream-table-join',
    topology: 'stream-table-join',
    inputs: [...all('views'), table],
    records: 1_000_000,
    compare: 'records',
    valuesAreJson: true,
  },
  {
    ...throughput,
    name: 'foreign-key-join',
    topology: 'foreign-key-join',
    inputs: [...all('viewRows'), table],
    records: 200_000,
    middle: 1,
    valuesAreJson: true,
  },
  { ...throughput, name: 'session', topology: 'session', inputs: all('views'), records: 500_000 },
  { ...count, name: 'restore', measured: 'restore' },
  { ...throughput, name: 'latency', measured: 'latency', topology: 'string-map', inputs: [], records: 200_000 },
  { ...count, name: 'start-up', measured: 'start-up', records: 1000 },
]

/** Names of the command line that stand for several workloads: the variants of one. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  'json-map': ['json-map', 'json-map-plain'],
  'word-count': ['word-count', 'word-count-cache-off'],
  count: ['count', 'count-cache-off', 'count-memory', 'count-memory-cache-off'],
}

/** The workloads of a name of the command line; undefined when there is none. */
export function workloadsNamed(name: string): readonly Workload[] | undefined {
  const names = groups[name] ?? [name]
  const found = workloads.filter((workload) => names.includes(workload.name))
  return found.length === 0 ? undefined : found
}

/** How many records of an input a run has. */
export function inputRecords({ records }: Input, total: number): number {
  return 'count' in records ? records.count : Math.round(records.share * total)
}
