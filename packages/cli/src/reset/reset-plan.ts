import { readFileSync } from 'node:fs'
import type { Admin } from '@streamwright/client'
import { StreamwrightError } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { parseDurationMs } from './duration.ts'

/** The ways to say where offsets go; only one at a time. */
export const resetKinds: readonly string[] = [
  'to-offset',
  'to-datetime',
  'by-duration',
  'to-earliest',
  'to-latest',
  'from-file',
  'shift-by',
]

export interface ResetTarget {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

interface ResetContext {
  readonly group: string
  readonly nowMs: number
  readonly print: (line: string) => void
}

interface Bounds {
  readonly topic: string
  readonly partition: number
  readonly begin: number
  readonly end: number
}

/** Where each partition of the topics goes. Without options: to the end. */
export async function planReset(
  admin: Admin,
  options: ParsedOptions | undefined,
  topics: readonly string[],
  context: ResetContext,
): Promise<ResetTarget[]> {
  const bounds = await readBounds(admin, topics)
  const at = (wanted: (bound: Bounds) => number): ResetTarget[] =>
    bounds.map((bound) => clamp(bound, wanted(bound), context))
  if (options === undefined || options.has('to-latest')) return at((bound) => bound.end)
  const offset = options.integer('to-offset')
  if (offset !== undefined) return at(() => offset)
  const shift = options.integer('shift-by')
  if (shift !== undefined) {
    const committed = await admin.listGroupOffsets(context.group)
    return at((bound) => (committed.get(`${bound.topic}-${bound.partition}`)?.offset ?? bound.begin) + shift)
  }
  const file = options.value('from-file')
  if (file !== undefined) return fromFile(file, bounds, context)
  const timestamp = timestampOf(options, context.nowMs)
  if (timestamp === undefined) return at((bound) => bound.begin)
  const found = await admin.listOffsets(bounds.map(({ topic, partition }) => ({ topic, partition, timestamp })))
  return bounds.map((bound) => {
    const offsetAtTime = found.get(`${bound.topic}-${bound.partition}`)?.offset ?? -1
    if (offsetAtTime >= 0) return { topic: bound.topic, partition: bound.partition, offset: offsetAtTime }
    context.print(
      `Partition ${bound.partition} from topic ${bound.topic} is empty, without a committed record. Falling back to latest known offset.`,
    )
    return { topic: bound.topic, partition: bound.partition, offset: bound.end }
  })
}

async function readBounds(admin: Admin, topics: readonly string[]): Promise<Bounds[]> {
  const described = await admin.describeTopics(topics)
  const places = topics.flatMap((topic) =>
    (described.get(topic)?.partitions ?? []).map(({ partition }) => ({ topic, partition })),
  )
  const begins = await admin.listOffsets(places.map((place) => ({ ...place, timestamp: 'earliest' as const })))
  const ends = await admin.listOffsets(places.map((place) => ({ ...place, timestamp: 'latest' as const })))
  return places.map((place) => {
    const name = `${place.topic}-${place.partition}`
    return { ...place, begin: begins.get(name)?.offset ?? 0, end: ends.get(name)?.offset ?? 0 }
  })
}

function clamp(bound: Bounds, wanted: number, context: ResetContext): ResetTarget {
  const { topic, partition, begin, end } = bound
  if (wanted > end) context.print(`New offset (${wanted}) is higher than latest offset. Value will be set to ${end}`)
  if (wanted < begin)
    context.print(`New offset (${wanted}) is lower than earliest offset. Value will be set to ${begin}`)
  return { topic, partition, offset: Math.min(Math.max(wanted, begin), end) }
}

function timestampOf(options: ParsedOptions, nowMs: number): number | undefined {
  const duration = options.value('by-duration')
  if (duration !== undefined) return nowMs - parseDurationMs(duration)
  const time = options.value('to-datetime')
  if (time === undefined) return undefined
  // Without a zone Kafka takes UTC.
  const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`)
  if (Number.isNaN(parsed))
    throw new StreamwrightError(`Unparseable date: "${time}"; write YYYY-MM-DDTHH:mm:SS.sss`, {
      code: 'INVALID_ARGUMENT',
    })
  return parsed
}

function fromFile(path: string, bounds: readonly Bounds[], context: ResetContext): ResetTarget[] {
  const wanted = new Map<string, number>()
  for (const [index, line] of readFileSync(path, 'utf8').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [topic, partition, offset] = line.split(',').map((field) => field.trim().replaceAll('"', ''))
    if (topic === undefined || !/^\d+$/.test(partition ?? '') || !/^\d+$/.test(offset ?? '')) {
      throw new StreamwrightError(`${path}, line ${index + 1}: expected topic,partition,offset and found '${line}'`, {
        code: 'INVALID_ARGUMENT',
      })
    }
    wanted.set(`${topic}-${partition}`, Number(offset))
  }
  return bounds.flatMap((bound) => {
    const offset = wanted.get(`${bound.topic}-${bound.partition}`)
    return offset === undefined ? [] : [clamp(bound, offset, context)]
  })
}
