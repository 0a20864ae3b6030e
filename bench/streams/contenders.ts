import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installKafka } from '../../tools/apache-kafka/installation.ts'
import { installPeers, peerFolder } from '../client-process.ts'
import { pinned } from '../pinning.ts'
import { builtProgram } from './built-program.ts'
import type { Workload } from './workloads.ts'

const bench = fileURLToPath(new URL('..', import.meta.url))
const compileCache = fileURLToPath(new URL('../../.cache/bench/compiled', import.meta.url))

/** Against whom ours is measured. */
export const peers = ['java', 'kafkajs', 'platformatic', 'kafkats'] as const
export type Peer = (typeof peers)[number]

/** Of our persistent stores. */
export const engines = ['persistent', 'log'] as const
export type Engine = (typeof engines)[number]

/** A program under measurement, in one configuration. */
export interface Contender {
  readonly name: string
  /** Settings of the application. */
  readonly settings: Readonly<Record<string, string>>
  readonly command: (argv: readonly string[]) => readonly [string, ...string[]]
}

/** Larger batches, fetches and buffers for Java, and a record cache of half a gigabyte. */
const tuned: Readonly<Record<string, string>> = {
  'producer.batch.size': '262144',
  'producer.linger.ms': '100',
  'producer.buffer.memory': '134217728',
  'consumer.max.partition.fetch.bytes': '10485760',
  'consumer.max.poll.records': '10000',
  'consumer.fetch.min.bytes': '65536',
  'buffered.records.per.partition': '10000',
  'statestore.cache.max.bytes': '536870912',
}

/** Ours, with the engine of its persistent stores: `persistent`, which is LMDB, or `log`. */
export async function ours(engine: Engine): Promise<Contender> {
  const program = await builtProgram()
  return {
    name: 'ours',
    settings: {},
    command: (argv) => [process.execPath, program, ...argv, `engine=${engine}`],
  }
}

/** What clients without operators can be measured by, and what @kafkats/flow has besides. */
const transformations: readonly string[] = ['json-map', 'json-map-plain', 'string-map']
const flows: readonly string[] = [...transformations, 'count', 'word-count']

/** Whether a peer can do the work. */
export function isAble(peer: Peer, { topology, measured, cacheOff, store }: Workload): boolean {
  if (peer === 'java') return true
  const able = peer === 'kafkats' ? flows : transformations
  // They have no cache to turn off.
  return able.includes(topology) && measured === 'throughput' && !cacheOff && store === 'persistent'
}

/** The configurations of a peer, installed and compiled. */
export function contendersOf(peer: Peer): readonly Contender[] {
  return peer === 'java' ? javaContenders() : [javaScriptContender(peer)]
}

function javaScriptContender(peer: Exclude<Peer, 'java'>): Contender {
  installPeers()
  const fixed = [`peer=${peer}`, `measurement=${pathToFileURL(join(bench, 'streams', 'measurement.ts')).href}`]
  // kafkajs sets a time-out in the past, which Node.js 24 warns of on every start.
  const program = ['--disable-warning=TimeoutNegativeWarning', join(peerFolder, 'streams.mjs')]
  return { name: peer, settings: {}, command: (argv) => [process.execPath, ...program, ...argv, ...fixed] }
}

function javaContenders(): readonly Contender[] {
  const kafka = installKafka()
  const folder = join(bench, 'peers', 'java')
  const sources = readdirSync(folder).map((name) => join(folder, name))
  const classes = kafka.compile('bench', sources)
  const java = kafka.javaArguments('StreamsPeer', { classes, heap: 'default' })
  const command: Contender['command'] = (argv) => ['java', ...java, ...argv]
  return [
    { name: 'java', settings: {}, command },
    { name: 'java-tuned', settings: tuned, command },
  ]
}

export interface Run {
  readonly workload: Workload
  readonly applicationId: string
  readonly bootstrapServers: string
  readonly brokerPid: number
  readonly inputs: readonly string[]
  readonly output: string
  readonly stateDirectory: string
  readonly records: number
  readonly applicationCpus: string
  readonly hostCpus: string
}

/** Runs a program to the end, in a process of its own on the given cores, and returns the fields of its result. */
export async function run(contender: Contender, options: Run): Promise<Readonly<Record<string, unknown>>> {
  const { workload, records } = options
  const settings = workload.cacheOff ? { ...contender.settings, 'statestore.cache.max.bytes': '0' } : contender.settings
  const argv = [
    `workload=${workload.topology}`,
    `app=${options.applicationId}`,
    `bootstrap=${options.bootstrapServers}`,
    `in=${options.inputs.join(',')}`,
    `out=${options.output}`,
    `n=${records}`,
    `mid=${workload.middle * records}`,
    `store=${workload.store === 'memory' ? 'mem' : 'rocksdb'}`,
    `statedir=${options.stateDirectory}`,
    `brokerpid=${options.brokerPid}`,
    `hostcpus=${options.hostCpus}`,
    `exec=${Date.now()}`,
    ...(workload.measured === 'restore' ? ['restore=1'] : []),
    ...Object.entries(settings).map(([name, value]) => `c.${name}=${value}`),
  ]
  const [command, ...rest] = pinned(options.applicationCpus, contender.command(argv))
  // Programs that are started more than once keep what was compiled; Java has its archive of classes.
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache }
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env })
  let out = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (errors += text))
  await once(child, 'close')
  const line = out.split('\n').find((each) => each.startsWith('RESULT '))
  if (line === undefined) throw new Error(`${contender.name} gave no result for ${workload.name}:\n${out}${errors}`)
  return JSON.parse(line.slice('RESULT '.length))
}
