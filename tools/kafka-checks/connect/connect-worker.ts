import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts, stopProcess } from '../../apache-kafka/broker.ts'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'

const patienceMs = 60_000

/** What `GET /connectors/NAME/status` says. */
interface ConnectorStatus {
  readonly connector: { readonly state: string; readonly worker_id: string }
  readonly tasks: readonly { readonly id: number; readonly state: string; readonly worker_id: string }[]
}

/** The position of a connector in one of its sources, or in a topic. */
export interface ConnectorOffset {
  readonly partition: Readonly<Record<string, unknown>>
  readonly offset: Readonly<Record<string, unknown>> | null
}

export interface ConnectWorkerOptions {
  readonly bootstrapServers: string
  readonly groupId: string
  /** Where its properties are written. */
  readonly folder: string
  readonly settings?: Readonly<Record<string, string>>
}

/** A worker of Java's Kafka Connect in distributed mode, in a process of its own, and what its REST API is asked. */
export class ConnectWorker {
  /** As the statuses name it. */
  readonly id: string
  readonly #child: ChildProcess

  private constructor(id: string, child: ChildProcess) {
    this.id = id
    this.#child = child
  }

  /** Resolves when it is in its group and has read what its topics tell. */
  static async start(kafka: KafkaInstallation, options: ConnectWorkerOptions): Promise<ConnectWorker> {
    const { bootstrapServers, groupId, folder, settings = {} } = options
    const [port] = await freePorts(1)
    const topics = ['config', 'offset', 'status'].flatMap((name) => [
      [`${name}.storage.topic`, `${groupId}-${name}`],
      [`${name}.storage.replication.factor`, '1'],
    ])
    const properties: Readonly<Record<string, string>> = {
      'bootstrap.servers': bootstrapServers,
      'group.id': groupId,
      listeners: `http://127.0.0.1:${port}`,
      'rest.advertised.host.name': '127.0.0.1',
      'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
      ...Object.fromEntries(topics),
      'offset.storage.partitions': '3',
      'status.storage.partitions': '2',
      'offset.flush.interval.ms': '300',
      // Who is gone is missed soon, and his tasks are not kept for him.
      'session.timeout.ms': '6000',
      'heartbeat.interval.ms': '500',
      'scheduled.rebalance.max.delay.ms': '300',
      'plugin.discovery': 'service_load',
      ...settings,
    }
    const file = join(folder, `worker-${port}.properties`)
    writeFileSync(
      file,
      Object.entries(properties)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    )
    const main = 'org.apache.kafka.connect.cli.ConnectDistributed'
    const argv = [...kafka.javaArguments(main, { heap: '256m', shortLived: true }), file]
    const child = spawn('java', argv, { stdio: ['ignore', 'ignore', 'inherit'] })
    const worker = new ConnectWorker(`127.0.0.1:${port}`, child)
    await worker.#started()
    return worker
  }

  /** Asks for what must be granted, and returns the answer's body. */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { status, text } = await this.#request(method, path, body)
    assert.ok(status < 300, `${method} ${path}: ${status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** Creates a connector, or changes its settings, and resolves when it has so many tasks that run. */
  async configure(name: string, config: Readonly<Record<string, unknown>>, tasks = 1): Promise<void> {
    await this.#untilGranted('PUT', `/connectors/${name}/config`, config)
    await this.running(name, tasks)
  }

  /** Until the connector and so many tasks of it run, on these workers if any are named: one at least on each. */
  async running(name: string, tasks: number, workers: readonly ConnectWorker[] = []): Promise<ConnectorStatus> {
    return await this.until(name, `${tasks} running tasks`, ({ connector, tasks: found }) => {
      const busy = new Set(found.map((task) => task.worker_id))
      const isRunning = [connector, ...found].every(({ state }) => state === 'RUNNING') && found.length === tasks
      const isShared = busy.size === workers.length && workers.every(({ id }) => busy.has(id))
      return isRunning && (workers.length === 0 || isShared)
    })
  }

  /** Until the connector's status is so. */
  async until(name: string, what: string, isSo: (status: ConnectorStatus) => boolean): Promise<ConnectorStatus> {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const { status, text } = await this.#request('GET', `/connectors/${name}/status`)
      if (status === 200 && isSo(JSON.parse(text) as ConnectorStatus)) return JSON.parse(text) as ConnectorStatus
      assert.ok(performance.now() < deadline, `${name} has ${what}: ${text}`)
      await sleep(50)
    }
  }

  /** Stops the connector, changes its offsets, and lets it go on. */
  async changeOffsets(name: string, offsets: readonly ConnectorOffset[] | 'reset', tasks = 1): Promise<void> {
    await this.ask('PUT', `/connectors/${name}/stop`)
    await this.until(
      name,
      'stopped',
      ({ connector, tasks: left }) => connector.state === 'STOPPED' && left.length === 0,
    )
    const path = `/connectors/${name}/offsets`
    await (offsets === 'reset' ? this.#untilGranted('DELETE', path) : this.#untilGranted('PATCH', path, { offsets }))
    await this.ask('PUT', `/connectors/${name}/resume`)
    await this.running(name, tasks)
  }

  /** What `GET /connectors/NAME/offsets` says. */
  async offsets(name: string): Promise<readonly ConnectorOffset[]> {
    return ((await this.ask('GET', `/connectors/${name}/offsets`)) as { offsets: ConnectorOffset[] }).offsets
  }

  /** Lets it leave its group. */
  async stop(): Promise<void> {
    await stopProcess(this.#child)
  }

  /** Ends it by SIGKILL. */
  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
  }

  async #started(): Promise<void> {
    const deadline = performance.now() + patienceMs
    while (performance.now() < deadline) {
      assert.equal(this.#child.exitCode, null, 'the worker has ended while it started')
      const { status } = await this.#request('GET', '/connectors').catch(() => ({ status: 0 }))
      if (status === 200) return
      await sleep(100)
    }
    await this.stop()
    throw new Error(`The worker did not answer within ${patienceMs} ms`)
  }

  /** While a group rebalances, or a connector has not quite stopped, Connect wants to be asked again. */
  async #untilGranted(method: string, path: string, body?: unknown): Promise<void> {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const { status, text } = await this.#request(method, path, body)
      if (status < 300) return
      assert.ok(performance.now() < deadline && status !== 400, `${method} ${path}: ${status} ${text}`)
      await sleep(100)
    }
  }

  async #request(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const init = { method, headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(patienceMs) }
    const response = await fetch(
      `http://${this.id}${path}`,
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
    )
    return { status: response.status, text: await response.text() }
  }
}
