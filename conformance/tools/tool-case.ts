import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startBroker } from '@streamwright/broker'
import { delay, environmentWith, silentLog, systemTimers } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, numberAt, objectAt, textAt } from '../json.ts'
import { authorizer } from './authorizer.ts'
import { clientActions, RunningClients } from './running-clients.ts'
import { neutralActions, withTopicId } from './neutral-actions.ts'
import type { RunningProgram } from './running-tool.ts'
import { RunningTool } from './running-tool.ts'
import { tools } from './tool-names.ts'
import type { Printed, Surroundings } from './transcript.ts'
import { differenceOf, fill } from './transcript.ts'

const environment = environmentWith({ log: silentLog })

/** A cluster that a case is replayed on, ours or another. */
export interface ToolPlace {
  readonly brokers: readonly string[]
  readonly controllers: readonly string[]
  readonly logDirectories: readonly string[]
  readonly unreachablePort: number
  /** The word count of the quickstart, for cases with the tool `{wordcount}`. */
  startWordCount?(argv: readonly string[]): Promise<RunningProgram>
  /** Stops a broker in order or starts it again, and lets the cluster settle. */
  node?(verb: 'stop' | 'start', id: number): Promise<void>
}

/** Replays a case on a broker of ours of its own. Resolves with what was different, or undefined. */
export async function runToolCase(vector: JsonObject): Promise<string | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'streamwright-tools-'))
  const settings = {
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '5',
    'transaction.state.log.num.partitions': '5',
    'auto.create.topics.enable': 'true',
    ...(textAt(vector, 'cluster') === 'acl' && authorizer),
  }
  // A tool that reads the log's files needs them.
  const logDir = join(directory, 'log')
  const place = JSON.stringify(vector).includes('{logDir}') ? { dataDirectory: logDir } : { inMemory: true }
  const listeners = 'PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0'
  const broker = await startBroker({
    ...place,
    environment,
    settings: { ...settings, listeners, 'controller.listener.names': 'CONTROLLER' },
  })
  const closed = await startBroker({ port: 0, inMemory: true, environment })
  await closed.close()
  const own = {
    brokers: [`127.0.0.1:${broker.port}`],
    controllers: broker.addresses.slice(-1),
    logDirectories: [logDir],
    unreachablePort: closed.port,
  }
  try {
    return await replayToolCase(vector, own, directory)
  } finally {
    await broker.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Replays a case on an empty cluster. `directory`: for the case's files. Resolves as {@link runToolCase}. */
export async function replayToolCase(
  vector: JsonObject,
  place: ToolPlace,
  directory: string,
): Promise<string | undefined> {
  const clients = new RunningClients(place.brokers.join(), environment)
  const replay = new ToolCase(vector, place, directory, clients)
  try {
    return await replay.run()
  } finally {
    await replay.close()
    await clients.close()
  }
}

class ToolCase {
  readonly #vector: JsonObject
  readonly #place: ToolPlace
  readonly #surroundings: Surroundings
  readonly #running = new Map<string, RunningProgram>()
  readonly #clients: RunningClients

  constructor(vector: JsonObject, place: ToolPlace, directory: string, clients: RunningClients) {
    this.#clients = clients
    this.#vector = vector
    this.#place = place
    const { brokers, controllers, logDirectories, unreachablePort } = place
    this.#surroundings = { directory, brokers, controllers, logDirectories, unreachablePort }
  }

  /** Ends what a case that failed has left running. */
  async close(): Promise<void> {
    for (const running of this.#running.values()) await running.stop('TERM')
  }

  async run(): Promise<string | undefined> {
    for (const [name, text] of Object.entries(objectAt(this.#vector['files'] ?? {}, 'files'))) {
      const path = join(this.#surroundings.directory, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, fill(String(text), this.#surroundings))
    }
    if (this.#vector['internal'] === true)
      await neutralActions['findCoordinator']?.({}, this.#bootstrapServers, environment)
    for (const [index, step] of listAt(this.#vector, 'steps').entries()) {
      const difference = await this.#step(step)
      if (difference !== undefined) return `step ${index}, ${JSON.stringify(step['run'] ?? step)}\n${difference}`
    }
    return undefined
  }

  async #step(step: JsonObject): Promise<string | undefined> {
    if (isRecord(step['do']) && clientActions.includes(textAt(step['do'], 'op'))) {
      await this.#clients.run(step['do'])
    } else if (isRecord(step['do'])) {
      await neutralActions[textAt(step['do'], 'op')]?.(step['do'], this.#bootstrapServers, environment)
    } else if (typeof step['sleepMs'] === 'number') {
      await delay(systemTimers, step['sleepMs'])
    } else if (typeof step['await'] === 'string') {
      await this.#tool(step['await']).says(textAt(step, 'text'), numberAt(step, 'count'))
    } else if (typeof step['stop'] === 'string') {
      const printed = await this.#tool(step['stop']).stop(textAt(step, 'signal'))
      this.#running.delete(step['stop'])
      return this.#difference(printed, step)
    } else if (step['node'] === 'stop' || step['node'] === 'start') {
      await this.#place.node?.(step['node'], numberAt(step, 'id'))
    } else {
      return this.#runTool(step)
    }
    return undefined
  }

  async #runTool(step: JsonObject): Promise<string | undefined> {
    const run = objectAt(step['run'], 'run')
    const running = await this.#start(run, step['holdStdin'] === true)
    if (typeof step['start'] === 'string') {
      this.#running.set(step['start'], running)
      return undefined
    }
    return this.#difference(await running.stop('WAIT'), step)
  }

  async #start(run: JsonObject, holdsInput: boolean): Promise<RunningProgram> {
    const name = textAt(run, 'tool')
    const words = (run['argv'] as readonly string[]).map((word) => fill(word, this.#surroundings))
    const argv = await Promise.all(words.map((word) => withTopicId(word, this.#bootstrapServers, environment)))
    const tool = tools[name]
    const input = typeof run['stdin'] === 'string' ? run['stdin'] : ''
    if (tool !== undefined) return new RunningTool(tool, argv, input, holdsInput, environment)
    if (name !== '{wordcount}' || this.#place.startWordCount === undefined)
      throw new TypeError(`There is no tool ${name}`)
    return this.#place.startWordCount(argv)
  }

  #difference(printed: Printed, step: JsonObject): string | undefined {
    const expected = objectAt(step['expect'], 'expect')
    return differenceOf(printed, expected, this.#surroundings, this.#vector['internal'] === true)
  }

  get #bootstrapServers(): string {
    return this.#place.brokers.join()
  }

  #tool(name: string): RunningProgram {
    const tool = this.#running.get(name)
    if (tool === undefined) throw new TypeError(`${name} was not started`)
    return tool
  }
}
