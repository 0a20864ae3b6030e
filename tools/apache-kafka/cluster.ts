import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, format, freePorts, launch, randomClusterId, stopProcess, writeProperties } from './broker.ts'
import type { KafkaInstallation } from './installation.ts'

/** Several nodes of Apache Kafka (KRaft, each a broker and a controller) on loopback, in a temporary folder. */
export interface KafkaCluster {
  readonly bootstrapServers: string
  /** The controllers' addresses, and where the nodes keep logs, in the order of their ids. */
  readonly controllers: readonly string[]
  readonly logDirectories: readonly string[]
  readonly nodes: readonly KafkaNode[]
  /** The rack of a node by its id, which counts from 1. */
  readonly rackOf: (id: number) => string
  stop(): Promise<void>
}

/** One of them, which may be killed and started again with what is on its disk. */
export class KafkaNode {
  readonly #kafka: KafkaInstallation
  readonly #properties: string
  readonly #port: number
  #child: ChildProcess | undefined

  constructor(kafka: KafkaInstallation, properties: string, port: number) {
    this.#kafka = kafka
    this.#properties = properties
    this.#port = port
  }

  /** Resolves when it answers requests. */
  async start(): Promise<void> {
    this.#child = launch(this.#kafka, this.#properties)
    await answers(this.#port, this.#child)
  }

  /** As a machine that loses its power; what the system has of its writes stays. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  async stop(): Promise<void> {
    if (this.#child !== undefined) await stopProcess(this.#child)
  }
}

/** Settings that are empty are left out. Topics have as many replicas as there are nodes, and with three or more are written with one node missing. */
export async function startKafkaCluster(
  kafka: KafkaInstallation,
  count: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<KafkaCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-kafka-'))
  const ports = await freePorts(count * 2)
  const ids = Array.from({ length: count }, (_none, index) => index + 1)
  const portOf = (id: number): number => ports[id - 1] ?? 0
  const controllerPortOf = (id: number): number => ports[count + id - 1] ?? 0
  const rackOf = (id: number): string => `rack-${id}`
  const clusterId = randomClusterId(kafka)
  const replicas = String(count)
  const inSync = String(Math.max(1, count - 1))
  const nodes = ids.map((id) => {
    const own = join(folder, String(id))
    mkdirSync(own)
    const all = {
      'process.roles': 'broker,controller',
      'node.id': String(id),
      'broker.rack': rackOf(id),
      'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
      'controller.quorum.voters': ids.map((other) => `${other}@127.0.0.1:${controllerPortOf(other)}`).join(),
      listeners: `PLAINTEXT://127.0.0.1:${portOf(id)},CONTROLLER://127.0.0.1:${controllerPortOf(id)}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${portOf(id)}`,
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'PLAINTEXT',
      'log.dirs': join(own, 'data'),
      'default.replication.factor': replicas,
      'min.insync.replicas': inSync,
      'offsets.topic.replication.factor': replicas,
      'transaction.state.log.replication.factor': replicas,
      'transaction.state.log.min.isr': inSync,
      'share.coordinator.state.topic.replication.factor': replicas,
      'share.coordinator.state.topic.min.isr': inSync,
      'group.initial.rebalance.delay.ms': '0',
      'offsets.topic.num.partitions': '5',
      'transaction.state.log.num.partitions': '5',
      ...settings,
    }
    const properties = writeProperties(own, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')))
    format(kafka, properties, clusterId)
    return new KafkaNode(kafka, properties, portOf(id))
  })
  const cluster = {
    bootstrapServers: ids.map((id) => `127.0.0.1:${portOf(id)}`).join(),
    controllers: ids.map((id) => `127.0.0.1:${controllerPortOf(id)}`),
    logDirectories: ids.map((id) => join(folder, String(id), 'data')),
    nodes,
    rackOf,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await Promise.all(nodes.map((node) => node.start()))
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return cluster
}
