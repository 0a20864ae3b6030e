import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Admin } from '@streamwright/client'
import { startKafkaBroker } from '../tools/apache-kafka/broker.ts'
import { installKafka } from '../tools/apache-kafka/installation.ts'
import { startBrokerProcess } from './broker-process.ts'
import { median, short } from './statistics.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const cache = fileURLToPath(new URL('../.cache/bench', import.meta.url))
const clients = ['ours', 'kafkajs', 'platformatic'] as const
type Client = (typeof clients)[number]
const brokerCpus = '0'
const clientCpus = '1'

export interface ClientBenchOptions {
  readonly records: number
  readonly rounds: number
  readonly brokers: readonly ('embedded' | 'kafka')[]
}

/** One row: what a client reached in an operation. */
export interface ClientFigure {
  readonly broker: string
  readonly operation: string
  readonly size: number
  readonly client: Client
  readonly recordsPerSecond: number
  readonly cpuSecondsPerMillion: number
}

/** Produces and consumes with each client in turn, several rounds, and prints medians and ratios. */
export async function clientBench(options: ClientBenchOptions): Promise<ClientFigure[]> {
  installPeers()
  const figures: ClientFigure[] = []
  for (const kind of options.brokers) {
    const broker =
      kind === 'kafka'
        ? await startKafkaBroker(installKafka(), { cpus: brokerCpus, heap: '1g' })
        : await startBrokerProcess(brokerCpus)
    try {
      for (const size of [100, 1024]) figures.push(...(await benchSize(kind, broker.bootstrapServers, size, options)))
    } finally {
      await broker.stop()
    }
  }
  return figures
}

async function benchSize(
  broker: string,
  server: string,
  size: number,
  options: ClientBenchOptions,
): Promise<ClientFigure[]> {
  const records = Math.max(1000, Math.round((size > 500 ? options.records / 4 : options.records) / 1000) * 1000)
  const runs = new Map<string, { seconds: number; cpuSeconds: number }[]>()
  const admin = new Admin({ bootstrapServers: server })
  for (let round = 0; round < options.rounds; round++) {
    for (const client of clients) {
      const topic = `bench-${size}-${client}-${round}`
      await admin.createTopics([{ name: topic, partitions: 1, replicationFactor: 1 }])
      for (const operation of ['produce', 'consume']) {
        const key = `${operation} ${client}`
        const list = runs.get(key) ?? []
        list.push(await runClient(client, [operation, server, topic, String(records), String(size)]))
        runs.set(key, list)
      }
      await admin.deleteTopics([topic])
    }
  }
  await admin.close()
  const figures = [...runs].map(([key, list]): ClientFigure => {
    const [operation = '', client] = key.split(' ')
    return {
      broker,
      operation,
      size,
      client: clients.find((each) => each === client) ?? 'ours',
      recordsPerSecond: records / median(list.map(({ seconds }) => seconds)),
      cpuSecondsPerMillion: (median(list.map(({ cpuSeconds }) => cpuSeconds)) / records) * 1e6,
    }
  })
  print(figures)
  return figures
}

function print(figures: readonly ClientFigure[]): void {
  for (const operation of ['produce', 'consume']) {
    const rows = figures.filter((figure) => figure.operation === operation)
    const ours = rows.find(({ client }) => client === 'ours')?.recordsPerSecond ?? 0
    const fastest = Math.max(
      ...rows.filter(({ client }) => client !== 'ours').map(({ recordsPerSecond }) => recordsPerSecond),
    )
    for (const { broker, size, client, recordsPerSecond, cpuSecondsPerMillion } of rows) {
      const megabytes = ((recordsPerSecond * size) / 1e6).toFixed(0)
      process.stdout.write(
        `${broker.padEnd(9)}${operation.padEnd(8)}${String(size).padStart(5)} B  ${client.padEnd(13)}${short(recordsPerSecond).padStart(8)}/s ${megabytes.padStart(5)} MB/s ${cpuSecondsPerMillion.toFixed(2).padStart(7)} CPU s/M\n`,
      )
    }
    process.stdout.write(`  ours / the faster peer: ${(ours / fastest).toFixed(1)}\n`)
  }
}

/** The client in a process of its own, on its own core where the system can pin it. */
async function runClient(client: Client, argv: readonly string[]): Promise<{ seconds: number; cpuSeconds: number }> {
  const program =
    client === 'ours'
      ? join(here, 'peers', 'ours.ts')
      : join(cache, client === 'kafkajs' ? 'kafkajs.cjs' : 'platformatic.mjs')
  const pin = spawnSync('taskset', ['-c', clientCpus, 'true']).status === 0 ? ['taskset', '-c', clientCpus] : []
  const [command = '', ...rest] = [...pin, process.execPath, program, ...argv]
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], timeout: 120_000 })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text))
  await once(child, 'close')
  const line = out.split('\n').find((each) => each.startsWith('RESULT '))
  if (line === undefined) throw new Error(`${client} ${argv.join(' ')} gave no result: ${out}`)
  return JSON.parse(line.slice('RESULT '.length))
}

function installPeers(): void {
  mkdirSync(cache, { recursive: true })
  for (const file of ['package.json', 'kafkajs.cjs', 'platformatic.mjs'])
    copyFileSync(join(here, 'peers', 'templates', file), join(cache, file))
  if (existsSync(join(cache, 'node_modules', 'kafkajs'))) return
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: cache,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`npm could not install the peers: ${stderr}`)
}
