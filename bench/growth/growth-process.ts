/**
 * Counts keys with our Streams, and says what a record costs as the run goes on: `engine keys partitions updates
 * bootstrapServers inputTopic stateDirectory [uncommittedMaxBytes]`. The input has each key once, then the updates.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLog, environmentWith } from '@streamwright/std'
import { KafkaStreams, serdes, StreamsBuilder } from '@streamwright/streams'
import type { StoreEngine } from '@streamwright/streams'

const slices = 10
const sampleMs = 5

const [engineName = '', keysText, partitions = '', updatesText, ...places] = process.argv.slice(2)
const [bootstrapServers = '', input = '', stateDir = '', uncommittedMaxBytes] = places
const bounds = uncommittedMaxBytes === undefined ? {} : { statestoreUncommittedMaxBytes: Number(uncommittedMaxBytes) }
const keys = Number(keysText)
const updates = Number(updatesText)

const engine: StoreEngine = engineName === 'log' || engineName === 'memory' ? engineName : 'persistent'
const builder = new StreamsBuilder()
const progress = { seen: 0 }
builder
  .stream(input, { key: serdes.string, value: serdes.string })
  .peek(() => void progress.seen++)
  .groupByKey()
  .count({ store: 'counts', engine })

const streams = new KafkaStreams(
  builder.build(),
  { applicationId: `growth-${engineName}-${keys}-${partitions}-${process.pid}`, bootstrapServers, stateDir, ...bounds },
  environmentWith({ log: createLog({ level: 'warn' }) }),
)
streams.onFailure((error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`)
  process.exit(3)
})
await streams.start()

/** CPU and records when a number of records had been processed, or a little later. */
async function at(records: number): Promise<{ readonly records: number; readonly cpuSeconds: number }> {
  while (progress.seen < records) await sleep(sampleMs)
  const { user, system } = process.cpuUsage()
  return { records: progress.seen, cpuSeconds: (user + system) / 1e6 }
}

const marks = [await at(keys)]
for (let slice = 1; slice <= slices; slice++) marks.push(await at(keys + (updates * slice) / slices))
const privateBytes = privateMemory()
await streams.close()
const perMillion = marks.slice(1).map(({ records, cpuSeconds }, index) => {
  const before = marks[index] ?? { records: 0, cpuSeconds: 0 }
  return ((cpuSeconds - before.cpuSeconds) / (records - before.records)) * 1e6
})
process.stdout.write(`RESULT ${JSON.stringify({ perMillion, privateBytes })}\n`)
process.exit(0)

/** Memory that no file is behind: pages of mapped files are the system's, which takes them back when it likes. */
function privateMemory(): number {
  const rollup = readFileSync('/proc/self/smaps_rollup', 'utf8')
  return Number(/^Anonymous:\s+(\d+)/m.exec(rollup)?.[1] ?? Number.NaN) * 1024
}
