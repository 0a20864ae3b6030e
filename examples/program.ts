import { Admin, Producer } from '@streamwright/client'
import type { ConsumedRecord } from '@streamwright/client'
import { delay, systemTimers } from '@streamwright/std'
import type { Topology } from '@streamwright/streams'
import { KafkaStreams } from '@streamwright/streams'
import { ensureTopics, follow } from './example.ts'
import type { ExampleOptions } from './example.ts'
import type { InputRecord, Printed } from './topic.ts'

/** An example as data: what it computes, what goes in, and what of the results is printed. */
export interface Program {
  readonly applicationId: string
  readonly topology: () => Topology
  /** In the order of time. */
  readonly input: readonly InputRecord[]
  readonly output: readonly Printed[]
  /** Of the application, by their dotted names. */
  readonly settings?: Readonly<Record<string, string | number>>
}

const commitIntervalMs = 100
const progressCheckMs = 50

/**
 * Runs a program on a cluster: writes its input, waits until the application has committed the last of it, and prints
 * what the output topics have got meanwhile, topic by topic.
 *
 * All input is there before the application starts: a task then takes records in the order of their timestamps, whatever
 * topics they come from, and every run prints the same.
 */
export async function runProgram(program: Program, options: ExampleOptions): Promise<void> {
  const { applicationId, topology, output, settings } = program
  const { bootstrapServers, interrupted, stateDirectory, print } = options
  const topics = topicsOf(program)
  await ensureTopics(bootstrapServers, topics.external)
  const admin = new Admin({ bootstrapServers })
  const config = {
    ...settings,
    applicationId,
    bootstrapServers,
    commitIntervalMs,
    // Every update is told, not only the last before a commit.
    statestoreCacheMaxBytes: 0,
    ...(stateDirectory === undefined ? {} : { stateDir: stateDirectory }),
  }
  const streams = new KafkaStreams(topology(), config, options.environment)
  let failure: Error | undefined
  streams.onFailure((error) => {
    failure = error
  })
  try {
    const begins = await ends(admin, topics.printed)
    await send(bootstrapServers, program.input.slice(0, options.records))
    await streams.start()
    while (!interrupted.aborted && !(await isDone(admin, applicationId, topics.read))) {
      if (failure !== undefined) throw failure
      await delay(systemTimers, progressCheckMs)
    }
    const written = await ends(admin, topics.printed)
    for (const { topic, lines } of output) {
      const records: ConsumedRecord[] = []
      const begin = begins.get(topic) ?? 0
      const end = written.get(topic) ?? 0
      await follow(
        bootstrapServers,
        { topic, offset: begin },
        interrupted,
        (record) => records.push(record),
        () => (records.at(-1)?.offset ?? begin - 1) >= end - 1,
      )
      lines(records).forEach(print)
    }
  } finally {
    await streams.close()
    await admin.close()
  }
}

interface ProgramTopics {
  /** Those that must exist before the application starts. */
  readonly external: readonly string[]
  /** Those whose progress is committed: what the tasks read, repartition topics included. */
  readonly read: readonly string[]
  readonly printed: readonly string[]
}

function topicsOf({ topology, applicationId, output, input }: Program): ProgramTopics {
  const { subtopologies, globalNodes } = topology().define({ applicationId })
  const printed = output.map(({ topic }) => topic)
  const read = subtopologies.flatMap(({ sourceTopics }) => sourceTopics)
  const sinks = subtopologies.flatMap(({ sinkTopics }) => sinkTopics)
  const global = globalNodes.flatMap(({ source }) => (source.topics instanceof RegExp ? [] : source.topics))
  const internal = new Set(subtopologies.flatMap(({ repartitionTopics }) => [...repartitionTopics.keys()]))
  const all = new Set([...read, ...sinks, ...global, ...printed, ...input.map(({ topic }) => topic)])
  return { external: [...all].filter((topic) => !internal.has(topic)), read, printed }
}

async function send(bootstrapServers: string, input: readonly InputRecord[]): Promise<void> {
  const producer = new Producer({ bootstrapServers })
  await producer.send(input)
  await producer.close()
}

// First what is committed, then what there is: who has committed all that he read has written all that follows from it.
async function isDone(admin: Admin, applicationId: string, topics: readonly string[]): Promise<boolean> {
  const committed = await admin.listGroupOffsets(applicationId)
  const there = await ends(admin, topics)
  return topics.every((topic) => (committed.get(`${topic}-0`)?.offset ?? 0) >= (there.get(topic) ?? 0))
}

async function ends(admin: Admin, topics: readonly string[]): Promise<Map<string, number>> {
  const queries = topics.map((topic) => ({ topic, partition: 0, timestamp: 'latest' as const }))
  const offsets = await admin.listOffsets(queries)
  return new Map([...offsets.values()].map(({ topic, offset }) => [topic, offset]))
}
