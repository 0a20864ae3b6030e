import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Admin } from '@streamwright/client'
import { listAt, objectAt, textAt } from '../../conformance/json.ts'
import type { JsonObject } from '../../conformance/json.ts'
import type { RunningProgram } from '../../conformance/tools/running-tool.ts'
import type { ToolPlace } from '../../conformance/tools/tool-case.ts'
import { replayToolCase } from '../../conformance/tools/tool-case.ts'
import type { Printed } from '../../conformance/tools/transcript.ts'
import { vectorFilesAt } from '../../conformance/vector-file.ts'
import { freePorts } from '../apache-kafka/broker.ts'
import type { KafkaCluster } from '../apache-kafka/cluster.ts'
import { startKafkaCluster } from '../apache-kafka/cluster.ts'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'
import type { CheckList } from './check-list.ts'
import { JavaProgram } from './java-program.ts'

const folder = new URL('../../conformance/data/tools-at-kafka/', import.meta.url)
/** A group may take its time to die, and topics to be gone on all nodes. */
const emptyMaxMs = 30_000

const settings = {
  'auto.create.topics.enable': 'true',
  'auto.leader.rebalance.enable': 'false',
  'broker.rack': '',
  'share.coordinator.state.topic.num.partitions': '5',
  'group.streams.heartbeat.interval.ms': '500',
  'group.streams.min.heartbeat.interval.ms': '500',
  'group.streams.initial.rebalance.delay.ms': '0',
}

/**
 * Transcripts of Kafka's tools that need what our broker does not have, replayed with our tools at Apache Kafka: groups of
 * the streams protocol with a Streams application in Java, and three nodes.
 */
export async function recordedTools(list: CheckList, kafka: KafkaInstallation, classes: string): Promise<void> {
  await replayAt(list, kafka, classes, 'streams-groups', 1)
  await replayAt(list, kafka, classes, 'three-nodes', 3)
}

async function replayAt(
  list: CheckList,
  kafka: KafkaInstallation,
  classes: string,
  name: string,
  nodes: number,
): Promise<void> {
  const cluster = await startKafkaCluster(kafka, nodes, settings)
  const [unreachablePort = 0] = await freePorts(1)
  const stopped = new Set<number>()
  const node = async (verb: 'stop' | 'start', id: number): Promise<void> => {
    if (verb === 'stop') stopped.add(id)
    else stopped.delete(id)
    await turn(cluster, verb, id)
  }
  const place: ToolPlace = {
    brokers: cluster.bootstrapServers.split(','),
    controllers: cluster.controllers,
    logDirectories: cluster.logDirectories,
    unreachablePort,
    startWordCount: (argv) => WordCount.start(kafka, classes, argv),
    node,
  }
  try {
    for (const vector of casesOf(name)) {
      await list.check(`our tools at Apache Kafka as Kafka's were recorded: ${textAt(vector, 'id')}`, async () =>
        replay(await asLed(vector, cluster.bootstrapServers), place, cluster.bootstrapServers),
      )
      for (const id of stopped) await node('start', id)
    }
  } finally {
    await cluster.stop()
  }
}

function casesOf(name: string): readonly JsonObject[] {
  return vectorFilesAt(fileURLToPath(new URL(`${name}.json.gz`, folder))).flatMap(({ content }) =>
    listAt(objectAt(content, name), 'cases'),
  )
}

/** With the id of the controller that leads here in the place of the one that led where the case was recorded. */
async function asLed(vector: JsonObject, bootstrapServers: string): Promise<JsonObject> {
  const text = JSON.stringify(vector)
  const recorded = /"(\d) +\\t[^"]*\\tLeader/.exec(text)?.[1]
  if (recorded === undefined) return vector
  const admin = new Admin({ bootstrapServers })
  const leader = String((await admin.describeMetadataQuorum()).leaderId)
  await admin.close()
  const swapped = text.replaceAll(/"(\d)( +\\t)/g, (_all, id: string, rest: string) => {
    const here = id === recorded ? leader : id === leader ? recorded : id
    return `"${here}${rest}`
  })
  return objectAt(JSON.parse(swapped), 'a case')
}

async function replay(vector: JsonObject, place: ToolPlace, bootstrapServers: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'streamwright-tools-'))
  try {
    const difference = await replayToolCase(vector, place, directory)
    assert.equal(difference, undefined, difference)
  } finally {
    await empty(bootstrapServers)
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The next case begins on a cluster without groups and topics of its own. */
async function empty(bootstrapServers: string): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  const endMs = performance.now() + emptyMaxMs
  try {
    for (;;) {
      const groups = (await admin.listGroups()).map(({ groupId }) => groupId)
      await admin.deleteGroups(groups).catch(() => undefined)
      const topics = (await admin.listTopics({ includeInternal: false })).map(({ name }) => name)
      await admin.deleteTopics(topics).catch(() => undefined)
      if (groups.length + topics.length === 0) return
      if (performance.now() > endMs) throw new Error(`There are still ${[...groups, ...topics].join(', ')}`)
      await sleep(100)
    }
  } finally {
    await admin.close()
  }
}

async function turn({ nodes, bootstrapServers }: KafkaCluster, verb: 'stop' | 'start', id: number): Promise<void> {
  const node = nodes[id - 1]
  await (verb === 'stop' ? node?.stop() : node?.start())
  const admin = new Admin({ bootstrapServers })
  try {
    const wanted = nodes.length - (verb === 'stop' ? 1 : 0)
    while ((await admin.describeCluster()).brokers.length !== wanted) await sleep(100)
    if (verb === 'start') await inSync(admin)
    else await sleep(2_000)
  } finally {
    await admin.close()
  }
}

/** Until all replicas have caught up. */
async function inSync(admin: Admin): Promise<void> {
  const names = (await admin.listTopics({ includeInternal: true })).map(({ name }) => name)
  for (;;) {
    const topics = await admin.describeTopics(names)
    const partitions = [...topics.values()].flatMap((topic) => topic.partitions)
    if (partitions.every(({ replicas, isr }) => replicas.length === isr.length)) return
    await sleep(100)
  }
}

/** The application in Java. What it is compared for is that it runs. */
class WordCount implements RunningProgram {
  readonly #program: JavaProgram

  private constructor(program: JavaProgram) {
    this.#program = program
  }

  static async start(kafka: KafkaInstallation, classes: string, argv: readonly string[]): Promise<WordCount> {
    return new WordCount(await JavaProgram.start(kafka, 'WordCount', classes, argv))
  }

  /** It was started only when it ran. */
  says(): Promise<void> {
    return Promise.resolve()
  }

  async stop(): Promise<Printed> {
    await this.#program.close()
    return { status: 143, out: 'STATE RUNNING\n', error: '' }
  }
}
