import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Admin, Producer } from '@streamwright/client'
import { murmur2 } from '@streamwright/protocol'
import { startBrokerProcess } from '../broker-process.ts'
import { pinned } from '../pinning.ts'
import { median } from '../statistics.ts'
import { growthChart } from './growth-chart.ts'

const brokerCpus = '0'
const applicationCpus = '1,2'
const program = fileURLToPath(new URL('growth-process.ts', import.meta.url))

const engines = ['lmdb', 'log', 'memory'] as const
const keyCounts = [10_000, 100_000, 1_000_000, 10_000_000]
const partitionCounts = [1, 4, 16, 64, 256]
const keysAtPartitions = 100_000
const updatesDefault = 1_000_000
/** Coprime to numbers of keys that have no other prime factors than 2 and 5. */
const stride = 618_033_989

/** How an application is kept small: less garbage may wait, and less state for a commit. */
const smallNodeOptions = '--max-old-space-size=192 --max-semi-space-size=8'
const smallUncommittedBytes = 4 * 1024 * 1024

/** What a count costs with so many keys in so many partitions. */
export interface GrowthEntry {
  /** `memory`: the most keys, in an application whose memory is bounded. */
  readonly series: 'state' | 'memory' | 'partitions'
  readonly engine: (typeof engines)[number]
  readonly keys: number
  readonly partitions: number
  /** CPU seconds per million updates: of each tenth of the run, and the median. */
  readonly slices: readonly number[]
  readonly cpuSecondsPerMillion: number
  /** Memory that no file is behind, at the end. */
  readonly privateBytes: number
}

interface Point extends Pick<GrowthEntry, 'series' | 'engine' | 'keys' | 'partitions'> {}

export interface GrowthOptions {
  /** Updates of a run, after each key was counted once. */
  readonly updates: number | undefined
  /** Draws the costs there, as SVG. */
  readonly chart: string | undefined
}

/**
 * What a record costs as state, partitions and time grow: a count over keys that come out of order, then updates of
 * keys at random, on our broker. A run for each engine and size, each in a process of its own.
 */
export async function growthBench({ updates = updatesDefault, chart }: GrowthOptions): Promise<GrowthEntry[]> {
  const broker = await startBrokerProcess(brokerCpus)
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-growth-'))
  try {
    const entries: GrowthEntry[] = []
    for (const point of points()) {
      const topic = `growth-${point.keys}-${point.partitions}`
      await fill(broker.bootstrapServers, topic, point, updates)
      const entry = await run(point, updates, broker.bootstrapServers, topic, join(folder, String(entries.length)))
      process.stdout.write(`${lineOf(entry)}\n`)
      entries.push(entry)
    }
    if (chart !== undefined) writeFileSync(chart, growthChart(entries))
    return entries
  } finally {
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** By input, so that each is filled once. */
function points(): Point[] {
  return [
    ...keyCounts.flatMap((keys) => engines.map((engine): Point => ({ series: 'state', engine, keys, partitions: 1 }))),
    ...(['lmdb', 'log'] as const).map((engine): Point => ({
      series: 'memory',
      engine,
      keys: keyCounts.at(-1) ?? 0,
      partitions: 1,
    })),
    ...partitionCounts.flatMap((partitions) =>
      (['lmdb', 'log'] as const).map((engine): Point => ({
        series: 'partitions',
        engine,
        keys: keysAtPartitions,
        partitions,
      })),
    ),
  ]
}

/** Writes the input, unless it is there: each key once, then updates. The ones before are deleted. */
async function fill(bootstrapServers: string, topic: string, point: Point, updates: number): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  const topics = (await admin.listTopics()).map(({ name }) => name)
  const old = topics.filter((name) => name.startsWith('growth-') && name !== topic)
  if (old.length > 0) await admin.deleteTopics(old)
  const isThere = topics.includes(topic)
  if (!isThere) await admin.createTopics([{ name: topic, partitions: point.partitions, replicationFactor: 1 }])
  await admin.close()
  if (isThere) return
  const producer = new Producer({ bootstrapServers, batchSize: 262_144, bufferMemory: 67_108_864 })
  let failure: Error | undefined
  const acknowledged = (error: Error | null): void => {
    if (error !== null) failure ??= error
  }
  const timestamp = Date.now()
  for (let index = 0; index < point.keys + updates; index++) {
    // Another stride for the updates, so that they meet the keys in another order.
    const place = index < point.keys ? BigInt(index) * BigInt(stride) : BigInt(index) * BigInt(stride + 2) + 7n
    const key = `key-${String(place % BigInt(point.keys)).padStart(12, '0')}`
    const partition = (murmur2(Buffer.from(key)) & 0x7fffffff) % point.partitions
    producer.append(topic, partition, timestamp, key, 'x', undefined, acknowledged)
    if (producer.isFull) await producer.drained()
    else if (index % 1000 === 999) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  await producer.close()
  if (failure !== undefined) throw failure
}

async function run(
  point: Point,
  updates: number,
  bootstrapServers: string,
  topic: string,
  stateDirectory: string,
): Promise<GrowthEntry> {
  const { engine, keys, partitions, series } = point
  const isSmall = series === 'memory'
  const argv = [engine, keys, partitions, updates, bootstrapServers, topic, stateDirectory].map(String)
  if (isSmall) argv.push(String(smallUncommittedBytes))
  const [command, ...rest] = pinned(applicationCpus, [process.execPath, program, ...argv])
  const env = isSmall ? { ...process.env, NODE_OPTIONS: smallNodeOptions } : process.env
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], env })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text))
  await once(child, 'close')
  const line = out.split('\n').find((each) => each.startsWith('RESULT '))
  if (line === undefined) throw new Error(`No result for ${engine} with ${keys} keys in ${partitions} partitions`)
  const { perMillion, privateBytes }: { perMillion: number[]; privateBytes: number } = JSON.parse(
    line.slice('RESULT '.length),
  )
  rmSync(stateDirectory, { recursive: true, force: true })
  return { ...point, slices: perMillion, cpuSecondsPerMillion: median(perMillion), privateBytes }
}

function lineOf({ series, engine, keys, partitions, slices, cpuSecondsPerMillion, privateBytes }: GrowthEntry): string {
  const [first = 0, last = 0] = [slices[0], slices.at(-1)]
  return [
    series.padEnd(10),
    engine.padEnd(6),
    `${keys.toLocaleString('en')} keys`.padStart(15),
    `${partitions} partitions`.padStart(14),
    `CPU s/M ${cpuSecondsPerMillion.toFixed(2)} (first tenth ${first.toFixed(2)}, last ${last.toFixed(2)})`,
    `${(privateBytes / 1024 / 1024).toFixed(0)} MB of its own`,
  ].join('  ')
}
