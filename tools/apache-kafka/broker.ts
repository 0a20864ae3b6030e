import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KafkaInstallation } from './installation.ts'

/** A running single-node Apache Kafka (KRaft) on loopback, with its own temporary data directory. */
export interface KafkaBroker {
  readonly bootstrapServers: string
  readonly pid: number
  stop(): Promise<void>
}

const startTimeoutMs = 60_000

export interface KafkaBrokerOptions {
  /** Lines of `server.properties` that override the defaults below. */
  readonly settings?: Readonly<Record<string, string>>
  /** Levels of features other than the newest, as `transaction.version: 0`. */
  readonly features?: Readonly<Record<string, number>>
  readonly heap?: string
  /** The port that is asked whether it is ready, where `settings` say other listeners. */
  readonly port?: number
  /** Cores to pin it to, in taskset's form, for benchmarks. */
  readonly cpus?: string
}

export async function startKafkaBroker(
  kafka: KafkaInstallation,
  options: KafkaBrokerOptions = {},
): Promise<KafkaBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-kafka-'))
  const [freePort, controllerPort] = await freePorts(2)
  const port = options.port ?? freePort
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': join(folder, 'data'),
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '5',
    'transaction.state.log.num.partitions': '5',
    ...options.settings,
  }
  const properties = writeProperties(folder, settings)
  format(kafka, properties, randomClusterId(kafka), options.features)
  const child = launch(kafka, properties, options)
  const pid = child.pid
  if (pid === undefined) throw new Error('java could not be started')
  const own = /PLAINTEXT:\/\/127\.0\.0\.1:(\d+)/.exec(settings.listeners)?.[1] ?? String(port)
  const broker: KafkaBroker = {
    bootstrapServers: `127.0.0.1:${own}`,
    pid,
    async stop() {
      await stopProcess(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await answers(Number(own), child)
  } catch (error) {
    await broker.stop()
    throw error
  }
  return broker
}

/** Writes `server.properties` into a folder and returns its path. */
export function writeProperties(folder: string, settings: Readonly<Record<string, string>>): string {
  const properties = join(folder, 'server.properties')
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(properties, lines.join(''))
  return properties
}

/** Starts a node whose storage was formatted. It is ready when it {@link answers}. */
export function launch(
  kafka: KafkaInstallation,
  properties: string,
  { cpus, heap = '512m' }: Pick<KafkaBrokerOptions, 'cpus' | 'heap'> = {},
): ChildProcess {
  const argv = kafka.javaArguments('kafka.Kafka', { heap })
  const pinned = cpus === undefined ? [] : ['taskset', '-c', cpus]
  const [command, ...rest] = [...pinned, 'java', ...argv, properties]
  return spawn(command ?? 'java', rest, { stdio: ['ignore', 'ignore', 'inherit'] })
}

export function randomClusterId(kafka: KafkaInstallation): string {
  const tool = kafka.javaArguments('kafka.tools.StorageTool', { shortLived: true })
  return spawnSync('java', [...tool, 'random-uuid'], { encoding: 'utf8' }).stdout.trim()
}

export function format(
  kafka: KafkaInstallation,
  properties: string,
  id: string,
  features: Readonly<Record<string, number>> = {},
): void {
  const tool = kafka.javaArguments('kafka.tools.StorageTool', { shortLived: true })
  const levels = Object.entries(features).flatMap(([name, level]) => ['--feature', `${name}=${level}`])
  const argv = [...tool, 'format', '-t', id, '-c', properties, ...levels]
  const { status, stderr } = spawnSync('java', argv, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`Formatting Apache Kafka's storage failed:\n${stderr}`)
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const patience = sleep(15_000, 'late', { ref: false })
  if ((await Promise.race([exited, patience])) === 'late') {
    child.kill('SIGKILL')
    await exited
  }
}

/** Resolves when the broker answers an ApiVersions request. */
export async function answers(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startTimeoutMs
  // size, ApiVersions (18) v0, correlation id 1, client id "probe"
  const request = Buffer.from('0000000f00120000000000010005', 'hex')
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Apache Kafka ended with status ${child.exitCode} while starting`)
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.concat([request, Buffer.from('probe')])))
      socket.once('data', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      socket.setTimeout(2_000, () => resolve(false))
    })
    if (answered) return
    await sleep(50)
  }
  throw new Error(`Apache Kafka did not answer within ${startTimeoutMs} ms`)
}
