import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { startBroker } from '@streamwright/broker'
import { deferred, delay, environmentWith, silentLog, systemTimers } from '@streamwright/std'
import type { Tool } from '../../packages/cli/src/command-line/tool.ts'
import { runTool } from '../../packages/cli/src/command-line/tool.ts'
import { aclsTool } from '../../packages/cli/src/acls/acls-tool.ts'
import { apiVersionsTool } from '../../packages/cli/src/cluster/api-versions-tool.ts'
import { clusterTool } from '../../packages/cli/src/cluster/cluster-tool.ts'
import { featuresTool } from '../../packages/cli/src/cluster/features-tool.ts'
import { logDirsTool } from '../../packages/cli/src/cluster/log-dirs-tool.ts'
import { leaderElectionTool } from '../../packages/cli/src/cluster/leader-election-tool.ts'
import { metadataQuorumTool } from '../../packages/cli/src/cluster/metadata-quorum-tool.ts'
import { clientMetricsTool } from '../../packages/cli/src/configs/client-metrics-tool.ts'
import { storageTool } from '../../packages/cli/src/storage/storage-tool.ts'
import { reassignTool } from '../../packages/cli/src/reassign/reassign-tool.ts'
import { configsTool } from '../../packages/cli/src/configs/configs-tool.ts'
import { dumpLogTool } from '../../packages/cli/src/dump-log/dump-log-tool.ts'
import { transactionsTool } from '../../packages/cli/src/transactions/transactions-tool.ts'
import { consumerGroupsTool } from '../../packages/cli/src/consumer-groups/consumer-groups-tool.ts'
import { consoleConsumer } from '../../packages/cli/src/console/console-consumer.ts'
import { consoleProducer } from '../../packages/cli/src/console/console-producer.ts'
import { deleteRecordsTool } from '../../packages/cli/src/offsets/delete-records-tool.ts'
import { getOffsetsTool } from '../../packages/cli/src/offsets/get-offsets-tool.ts'
import { groupsTool } from '../../packages/cli/src/groups/groups-tool.ts'
import { consumerPerfTest } from '../../packages/cli/src/perf/consumer-perf-test.ts'
import { producerPerfTest } from '../../packages/cli/src/perf/producer-perf-test.ts'
import { streamsApplicationReset } from '../../packages/cli/src/reset/streams-application-reset.ts'
import { topicsTool } from '../../packages/cli/src/topics/topics-tool.ts'
import { verifiableConsumer } from '../../packages/cli/src/verifiable/verifiable-consumer.ts'
import { verifiableProducer } from '../../packages/cli/src/verifiable/verifiable-producer.ts'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, numberAt, objectAt, textAt } from '../json.ts'
import { clientActions, RunningClients } from './running-clients.ts'
import { neutralActions, withTopicId } from './neutral-actions.ts'
import type { Printed, Surroundings } from './transcript.ts'
import { differenceOf, fill } from './transcript.ts'

const tools: Readonly<Record<string, Tool>> = {
  'kafka-topics': topicsTool,
  'kafka-consumer-groups': consumerGroupsTool,
  'kafka-acls': aclsTool,
  'kafka-configs': configsTool,
  'kafka-broker-api-versions': apiVersionsTool,
  'kafka-cluster': clusterTool,
  'kafka-features': featuresTool,
  'kafka-log-dirs': logDirsTool,
  'kafka-leader-election': leaderElectionTool,
  'kafka-metadata-quorum': metadataQuorumTool,
  'kafka-client-metrics': clientMetricsTool,
  'kafka-storage': storageTool,
  'kafka-reassign-partitions': reassignTool,
  'kafka-dump-log': dumpLogTool,
  'kafka-transactions': transactionsTool,
  'kafka-get-offsets': getOffsetsTool,
  'kafka-delete-records': deleteRecordsTool,
  'kafka-groups': groupsTool,
  'kafka-console-producer': consoleProducer,
  'kafka-console-consumer': consoleConsumer,
  'kafka-verifiable-producer': verifiableProducer,
  'kafka-verifiable-consumer': verifiableConsumer,
  'kafka-producer-perf-test': producerPerfTest,
  'kafka-consumer-perf-test': consumerPerfTest,
  'kafka-streams-application-reset': streamsApplicationReset,
}

/** The cluster `acl`: everybody who connects is a super user. */
const authorizer = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
}

const environment = environmentWith({ log: silentLog })
const signalExit: Readonly<Record<string, number>> = { INT: 130, TERM: 143 }
const awaitCheckMs = 10
const awaitMaxMs = 20_000
/** Longer than any time-out in a case. A tool that runs still is held to be one that does not end. */
const endMaxMs = 70_000

/** Why a case cannot be run yet; undefined when it can. */
export function reasonToSkip(vector: JsonObject): string | undefined {
  const cluster = textAt(vector, 'cluster')
  if (cluster !== 'one' && cluster !== 'acl' && cluster !== 'none') return `needs the cluster ${cluster}`
  const runs = listAt(vector, 'steps').flatMap((step) => (isRecord(step['run']) ? [textAt(step['run'], 'tool')] : []))
  const strange = runs.find((tool) => !(tool in tools))
  if (strange !== undefined) return `the tool ${strange} is not there yet`
  for (const step of listAt(vector, 'steps')) {
    if (step['node'] !== undefined) return 'stops a broker of several'
    const operation = isRecord(step['do']) ? textAt(step['do'], 'op') : undefined
    const words = isRecord(step['run']) ? JSON.stringify(step['run']['argv']) : ''
    const formatter = /[A-Z]\w*MessageFormatter(?=")/.exec(words)?.[0]
    if (words.includes('org.apache.kafka.tools.consumer.') && !isPlainFormatter(formatter))
      return `the formatter ${formatter ?? ''} is not there yet`
    if (isRecord(step['run']) && step['run']['tool'] === 'kafka-broker-api-versions' && cluster === 'one')
      return 'lists APIs of share and streams groups, which are not there yet'
    if (/metadata-decoder"/.test(words) && words.includes('{logDir}'))
      return 'ours keeps its metadata in a file of its own'
    if (/state-decoder"/.test(words) && words.includes('{logDir}')) return 'share groups are not there yet'
    if (isRecord(step['do']) && step['do']['share'] === true) return 'share groups are not there yet'
    if (operation !== undefined && !(operation in neutralActions) && !clientActions.includes(operation))
      return `the action ${operation} is not there yet`
  }
  return undefined
}

function isPlainFormatter(name: string | undefined): boolean {
  return name === undefined || /^(?:Default|Logging|Offsets|GroupMetadata|TransactionLog)MessageFormatter$/.test(name)
}

/** Replays a case on a broker of its own. Resolves with what was different, or undefined. */
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
  const controllerPort = broker.addresses.map((address) => Number(address.split(':').at(-1))).at(-1) ?? 0
  const closed = await startBroker({ port: 0, inMemory: true, environment })
  await closed.close()
  try {
    const surroundings = {
      directory,
      port: broker.port,
      controllerPort,
      unreachablePort: closed.port,
    }
    const clients = new RunningClients(broker.bootstrapServers, environment)
    try {
      return await new ToolCase(vector, surroundings, clients).run()
    } finally {
      await clients.close()
    }
  } finally {
    await broker.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

class ToolCase {
  readonly #vector: JsonObject
  readonly #surroundings: Surroundings
  readonly #running = new Map<string, RunningTool>()
  readonly #clients: RunningClients

  constructor(vector: JsonObject, surroundings: Surroundings, clients: RunningClients) {
    this.#clients = clients
    this.#vector = vector
    this.#surroundings = surroundings
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
      return this.#difference(printed, step)
    } else {
      return this.#runTool(step)
    }
    return undefined
  }

  async #runTool(step: JsonObject): Promise<string | undefined> {
    const run = objectAt(step['run'], 'run')
    const tool = tools[textAt(run, 'tool')]
    if (tool === undefined) return undefined
    const words = (run['argv'] as readonly string[]).map((word) => fill(word, this.#surroundings))
    const argv = await Promise.all(words.map((word) => withTopicId(word, this.#bootstrapServers, environment)))
    const holdsInput = step['holdStdin'] === true
    const running = new RunningTool(tool, argv, typeof run['stdin'] === 'string' ? run['stdin'] : '', holdsInput)
    if (typeof step['start'] === 'string') {
      this.#running.set(step['start'], running)
      return undefined
    }
    return this.#difference(await running.stop('WAIT'), step)
  }

  #difference(printed: Printed, step: JsonObject): string | undefined {
    const expected = objectAt(step['expect'], 'expect')
    return differenceOf(printed, expected, this.#surroundings, this.#vector['internal'] === true)
  }

  get #bootstrapServers(): string {
    return `127.0.0.1:${this.#surroundings.port}`
  }

  #tool(name: string): RunningTool {
    const tool = this.#running.get(name)
    if (tool === undefined) throw new TypeError(`${name} was not started`)
    return tool
  }
}

/** A tool that runs in this process, as its script would run it. */
class RunningTool {
  readonly #stdin = new PassThrough()
  readonly #interruption = new AbortController()
  readonly #status: Promise<number>
  #out = ''
  #error = ''

  constructor(tool: Tool, argv: readonly string[], input: string, holdsInput: boolean) {
    this.#stdin.write(input)
    if (!holdsInput) this.#stdin.end()
    this.#status = runTool(tool, argv, {
      stdin: this.#stdin,
      out: (text) => void (this.#out += text),
      error: (text) => void (this.#error += text),
      interrupted: this.#interruption.signal,
      environment,
    })
  }

  async says(text: string, count: number): Promise<void> {
    const { clock } = environment
    const endMs = clock.monotonicMs() + awaitMaxMs
    while (this.#out.split(text).length <= count) {
      if (clock.monotonicMs() > endMs) throw new Error(`It never said ${text}, but: ${this.#out}${this.#error}`)
      await delay(systemTimers, awaitCheckMs)
    }
  }

  async stop(signal: string): Promise<Printed> {
    if (signal === 'EOF') this.#stdin.end()
    const asSignalled = signalExit[signal]
    if (asSignalled !== undefined) this.#interruption.abort()
    const late = deferred<undefined>()
    const timer = systemTimers.after(endMaxMs, () => late.resolve(undefined))
    const status = await Promise.race([this.#status, late.promise])
    timer.cancel()
    if (status === undefined) this.#interruption.abort()
    return { status: asSignalled ?? status ?? 'does not end', out: this.#out, error: this.#error }
  }
}
