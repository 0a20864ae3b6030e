/**
 * `npm run soak -- [--minutes N]`: our broker at half of the load it can take, while connections, producers, group
 * members, topics and transactions come and go. Fails when its memory or its file handles grow.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Admin } from '@streamwright/client'
import { startBrokerProcess } from '../broker-process.ts'
import { churns } from './churn.ts'
import { Flow } from './flow.ts'
import { medianOf, sampleOf } from './process-sample.ts'
import type { ProcessSample } from './process-sample.ts'

const sampleEveryMs = 5000
const calibrationMs = 8000
/** What the last third may hold more than the second: garbage that V8 leaves while there is room. */
const residentGrowthMax = { share: 1.1, megabytes: 30 }
const fileHandleGrowthMax = 20

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } })
const durationMs = Number(values.minutes) * 60_000
const broker = await startBrokerProcess(undefined, {
  'log.segment.bytes': String(16 * 1024 * 1024),
  'log.retention.bytes': String(64 * 1024 * 1024),
  'log.retention.check.interval.ms': '1000',
  'log.cleaner.backoff.ms': '1000',
})
const { bootstrapServers, pid } = broker
try {
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([
    { name: 'flow', partitions: 6 },
    { name: 'churn', partitions: 3 },
  ])
  await admin.close()
  const most = await calibrate()
  process.stdout.write(
    `takes ${Math.round(most)} records of 1 KB a second; half of that for ${values.minutes} minutes\n`,
  )
  judge(await soak(most / 2))
} finally {
  await broker.stop()
}

/** Records per second that go in and come out as fast as both can. */
async function calibrate(): Promise<number> {
  let isOver = false
  const flow = new Flow(bootstrapServers, () => isOver)
  const work = Promise.all([flow.produce(Infinity), flow.consume()])
  await sleep(calibrationMs / 2)
  const before = flow.consumed
  await sleep(calibrationMs)
  const most = ((flow.consumed - before) / calibrationMs) * 1000
  isOver = true
  await work
  return most
}

async function soak(recordsPerSecond: number): Promise<ProcessSample[]> {
  const endMs = performance.now() + durationMs
  const isOver = (): boolean => performance.now() > endMs
  const flow = new Flow(bootstrapServers, isOver)
  const counts = new Map(churns.map(({ name }) => [name, 0]))
  const work = Promise.all([
    flow.produce(recordsPerSecond),
    flow.consume(),
    ...churns.map(({ name, run }) =>
      run(bootstrapServers, isOver, () => void counts.set(name, (counts.get(name) ?? 0) + 1)),
    ),
  ])
  const samples: ProcessSample[] = []
  const sampling = (async () => {
    for (let number = 0; !isOver(); number++) {
      samples.push(sampleOf(pid))
      if (number % 12 === 11) process.stdout.write(`${progressOf(samples, flow)}\n`)
      await sleep(sampleEveryMs)
    }
  })()
  await Promise.all([work, sampling])
  process.stdout.write(`${flow.produced} records in, ${flow.consumed} out`)
  for (const [name, count] of counts) process.stdout.write(`, ${count} ${name}`)
  process.stdout.write('\n')
  for (const [name, count] of counts) if (count === 0) throw new Error(`There were no ${name}`)
  return samples
}

function progressOf(samples: readonly ProcessSample[], flow: Flow): string {
  const last = samples.slice(-12)
  const figures = [
    `${medianOf(last, 'residentMegabytes')} MB`,
    `${medianOf(last, 'fileHandles')} file handles`,
    `${medianOf(last, 'threads')} threads`,
    `${flow.produced} records in`,
    `${flow.consumed} out`,
  ]
  return `${String((samples.length * sampleEveryMs) / 60_000)} min: ${figures.join(', ')}`
}

/** Compares the second third of the time with the last. */
function judge(samples: readonly ProcessSample[]): void {
  const third = Math.floor(samples.length / 3)
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)]
  const resident = [medianOf(middle, 'residentMegabytes'), medianOf(last, 'residentMegabytes')] as const
  const handles = [medianOf(middle, 'fileHandles'), medianOf(last, 'fileHandles')] as const
  process.stdout.write(
    `second third to last third: ${resident.join(' to ')} MB, ${handles.join(' to ')} file handles\n`,
  )
  if (resident[1] > resident[0] * residentGrowthMax.share + residentGrowthMax.megabytes)
    throw new Error('The memory of the broker grows')
  if (handles[1] > handles[0] + fileHandleGrowthMax) throw new Error('The file handles of the broker grow')
}
