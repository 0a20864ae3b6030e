import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinned } from './pinning.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
/** Where the peers are installed. */
export const peerFolder: string = fileURLToPath(new URL('../.cache/bench', import.meta.url))
const runTimeoutMs = 120_000

/**
 * The clients that are compared. Ours twice: with objects for records, as the peers have them (`send`, `eachRecord`), and
 * with the fields of records (`append`, cursors).
 */
export const clients = ['records', 'fields', 'kafkajs', 'platformatic'] as const
export type Client = (typeof clients)[number]
export type Operation = 'produce' | 'consume'

/** Ours, as tables name them. */
const titles: Readonly<Partial<Record<Client, string>>> = { records: 'ours, records', fields: 'ours, fields' }

const packages: Readonly<Partial<Record<Client, string>>> = {
  kafkajs: 'kafkajs',
  platformatic: '@platformatic/kafka',
}

export interface ClientRun {
  readonly operation: Operation
  readonly bootstrapServers: string
  readonly topic: string
  readonly records: number
  /** Of each value. */
  readonly sizeBytes: number
}

export interface ClientResult {
  /** Between the first record and the last, start of the process and connecting left out. */
  readonly seconds: number
  readonly cpuSeconds: number
}

/** Runs one client in a process of its own, on the given core where the system can pin it. */
export async function runClient(client: Client, run: ClientRun, cpus: string): Promise<ClientResult> {
  const { operation, bootstrapServers, topic, records, sizeBytes } = run
  const argv = [operation, bootstrapServers, topic, String(records), String(sizeBytes), client]
  const [command, ...rest] = pinned(cpus, [process.execPath, ...program(client), ...argv])
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], timeout: runTimeoutMs })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text))
  await once(child, 'close')
  const line = out.split('\n').find((each) => each.startsWith('RESULT '))
  if (line === undefined) throw new Error(`${client} ${argv.join(' ')} gave no result: ${out}`)
  const result: unknown = JSON.parse(line.slice('RESULT '.length))
  return isResult(result) ? result : fail(`${client} gave a result of another form: ${line}`)
}

/** Installs the peers in exactly the versions of the template, into `.cache/bench`, unless they are there. */
export function installPeers(): void {
  mkdirSync(peerFolder, { recursive: true })
  for (const file of ['package.json', 'kafkajs.cjs', 'platformatic.mjs', 'streams.mjs'])
    copyFileSync(join(here, 'peers', 'templates', file), join(peerFolder, file))
  if (Object.entries(wantedVersions()).every(([name, version]) => installedVersion(name) === version)) return
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: peerFolder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`npm could not install the peers: ${stderr}`)
}

export function isOurs(client: Client): boolean {
  return titles[client] !== undefined
}

/** `kafkajs 2.2.4`, as tables name it. */
export function titleOf(client: Client): string {
  const name = packages[client]
  return name === undefined ? (titles[client] ?? client) : `${name} ${wantedVersions()[name] ?? ''}`
}

function program(client: Client): readonly string[] {
  if (isOurs(client)) return [join(here, 'peers', 'ours.ts')]
  if (client === 'platformatic') return [join(peerFolder, 'platformatic.mjs')]
  // kafkajs 2.2.4 sets a time-out in the past, which Node.js 24 warns of on every start.
  return ['--disable-warning=TimeoutNegativeWarning', join(peerFolder, 'kafkajs.cjs')]
}

function wantedVersions(): Readonly<Record<string, string>> {
  const template = readFileSync(join(here, 'peers', 'templates', 'package.json'), 'utf8')
  return (JSON.parse(template) as { dependencies: Record<string, string> }).dependencies
}

function installedVersion(name: string): string | undefined {
  try {
    const text = readFileSync(join(peerFolder, 'node_modules', name, 'package.json'), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  } catch {
    return undefined
  }
}

function isResult(value: unknown): value is ClientResult {
  const { seconds, cpuSeconds } = value as Partial<ClientResult>
  return typeof seconds === 'number' && typeof cpuSeconds === 'number'
}

function fail(message: string): never {
  throw new Error(message)
}
