import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts, writeProperties } from '../../tools/apache-kafka/broker.ts'
import { root } from '../../tools/source-files.ts'
import type { BrokerKind } from './suite.ts'

/** Where a broker can be reached. */
export interface BrokerPlace {
  /** Each `{port}`, `{port2}`, … of the settings, in order. */
  readonly ports: readonly number[]
  /** The first of them: `127.0.0.1:9092`. */
  readonly bootstrapServers: string
  readonly pid: number
}

const startTimeoutMs = 20_000
/** As Kafka's own test clusters, and unlike the defaults: topics that make themselves have 4 partitions. */
const defaults: Readonly<Record<string, string>> = {
  listeners: 'PLAINTEXT://127.0.0.1:{port}',
  'num.partitions': '4',
  'offsets.topic.num.partitions': '50',
}

/** A broker that a suite runs on. */
export interface RunningBroker {
  readonly place: BrokerPlace
  /** Whether it is still there; a broker that ended during a test failed it, whatever the test says. */
  readonly runs: boolean
  stop(): Promise<void>
}

/**
 * Our broker as its users start it: `bin/kafka-server-start.sh server.properties`, in a process of its own, with a data
 * directory that goes when it stops. A suite that makes it fall over does not take the run with it.
 */
export class BrokerProcess implements RunningBroker {
  readonly place: BrokerPlace
  readonly #child: ChildProcess
  readonly #folder: string

  private constructor(place: BrokerPlace, child: ChildProcess, folder: string) {
    this.place = place
    this.#child = child
    this.#folder = folder
  }

  /** Starts one and waits until it listens. What it logs goes to `logPath`. */
  static async start(kind: BrokerKind, logPath: string): Promise<BrokerProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'streamwright-suite-'))
    const ports = await freePorts(3)
    const settings = { 'log.dirs': join(folder, 'data'), ...settingsOf(kind, ports) }
    const properties = writeProperties(folder, settings)
    const program = kind.believesUnsecuredTokens
      ? [join(root, 'conformance/suites/unsecured-broker.ts'), properties]
      : [join(root, 'packages/cli/src/main.ts'), 'broker', properties]
    const child = spawn(process.execPath, program, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, STREAMWRIGHT_LOG: 'info' },
    })
    const { pid } = child
    if (pid === undefined) throw new Error('The broker could not be started')
    const broker = new BrokerProcess({ ports, bootstrapServers: `127.0.0.1:${ports[0]}`, pid }, child, folder)
    process.once('exit', broker.#kill)
    const log = createWriteStream(logPath)
    child.stderr?.pipe(log, { end: false })
    child.stdout?.pipe(log, { end: false })
    await broker.#listens(logPath)
    await kind.prepare?.(broker.place)
    return broker
  }

  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async stop(): Promise<void> {
    if (this.runs) {
      const ended = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await ended
    }
    process.off('exit', this.#kill)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #listens(logPath: string): Promise<void> {
    const { stdout } = this.#child
    const said = new Promise<string>((resolve) => stdout?.once('data', () => resolve('started')))
    const ended = once(this.#child, 'exit').then(() => 'ended')
    const late = new Promise<string>((resolve) => setTimeout(resolve, startTimeoutMs, 'late').unref())
    const outcome = await Promise.race([said, ended, late])
    if (outcome !== 'started') throw new Error(`The broker did not start (${outcome}); its log is ${logPath}`)
  }
}

/** What its `server.properties` has, with ports filled in. */
export function settingsOf(kind: BrokerKind, ports: readonly number[]): Record<string, string> {
  const settings = Object.entries({ ...defaults, ...kind.settings })
  return Object.fromEntries(settings.map(([name, value]) => [name, withPorts(value, ports)]))
}

/** `{port}` is the first free port, `{port2}` the second, and so on. */
function withPorts(value: string, ports: readonly number[]): string {
  return value.replaceAll(/\{port(\d?)\}/g, (_all, number: string) => String(ports[Number(number || '1') - 1]))
}
