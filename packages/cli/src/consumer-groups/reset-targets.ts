import type { Admin, TopicPartition } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { parseDateTimeMs } from './date-time.ts'
import { missingScenario } from './check-options.ts'
import { parseJavaDurationMs } from './java-duration.ts'
import { timeoutOf } from './group-selection.ts'
import { readResetFile } from './reset-file.ts'
import type { ResetTarget } from './reset-offsets.ts'

/** Where each partition goes, by the one option that says so. */
export async function targetsOf(
  admin: Admin,
  group: string,
  partitions: readonly TopicPartition[],
  options: ParsedOptions,
  terminal: Terminal,
): Promise<ResetTarget[]> {
  await checkPartitions(admin, partitions, options)
  const places = new Places(admin, partitions, options, terminal)
  const offset = options.integer('to-offset')
  if (offset !== undefined) return places.within(() => offset)
  if (options.has('to-earliest')) return places.at('earliest')
  if (options.has('to-latest')) return places.at('latest')
  const shift = options.integer('shift-by')
  if (shift !== undefined) {
    const committed = await admin.listGroupOffsets(group, timeoutOf(options))
    return places.within((place) => {
      const own = committed.get(keyOf(place))
      if (own !== undefined) return own.offset + shift
      throw new UsageError(
        `Cannot shift offset for partition ${keyOf(place)} since there is no current committed offset`,
      )
    })
  }
  const dateTime = options.value('to-datetime')
  if (dateTime !== undefined) return places.since(parseDateTimeMs(dateTime))
  const duration = options.value('by-duration')
  if (duration !== undefined) {
    return places.since(terminal.environment.clock.wallMs() - parseJavaDurationMs(duration))
  }
  const file = options.value('from-file')
  if (file !== undefined) return fromFile(admin, group, file, options, terminal)
  if (options.has('to-current')) {
    const committed = await admin.listGroupOffsets(group, timeoutOf(options))
    const ends = await places.at('latest')
    return ends.map((end) => ({ ...end, offset: committed.get(keyOf(end))?.offset ?? end.offset }))
  }
  throw missingScenario()
}

async function fromFile(
  admin: Admin,
  group: string,
  file: string,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<ResetTarget[]> {
  const groups = options.values('group')
  const targets = readResetFile(file, groups.length === 1 ? groups[0] : undefined, (line) =>
    terminal.error(`${line}\n`),
  ).get(group)
  if (targets === undefined) {
    terminal.out(`\nError: No reset plan for group ${group} found.\n`)
    return []
  }
  const wanted = new Map(targets.map((target) => [keyOf(target), target.offset]))
  return new Places(admin, targets, options, terminal).within((place) => wanted.get(keyOf(place)) ?? 0)
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

async function checkPartitions(
  admin: Admin,
  partitions: readonly TopicPartition[],
  options: ParsedOptions,
): Promise<void> {
  const topics = [...new Set(partitions.map(({ topic }) => topic))]
  const described = await admin.describeTopics(topics, timeoutOf(options))
  const partitionOf = ({ topic, partition }: TopicPartition): { readonly leader: number | null } | undefined =>
    described.get(topic)?.partitions.find((each) => each.partition === partition)
  const strange = partitions.filter((place) => partitionOf(place) === undefined).map(keyOf)
  if (strange.length > 0)
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `The partitions "${strange.join(',')}" do not exist`)
  const leaderless = partitions.filter((place) => (partitionOf(place)?.leader ?? null) === null).map(keyOf)
  if (leaderless.length > 0)
    throw new KafkaError(ErrorCode.LEADER_NOT_AVAILABLE, `The partitions "${leaderless.join(',')}" have no leader`)
}

/** Offsets of some partitions, asked of their brokers. */
class Places {
  readonly #admin: Admin
  readonly #partitions: readonly TopicPartition[]
  readonly #options: ParsedOptions
  readonly #terminal: Terminal

  constructor(admin: Admin, partitions: readonly TopicPartition[], options: ParsedOptions, terminal: Terminal) {
    this.#admin = admin
    this.#partitions = partitions
    this.#options = options
    this.#terminal = terminal
  }

  async at(timestamp: 'earliest' | 'latest'): Promise<ResetTarget[]> {
    const found = await this.#find(timestamp)
    return this.#partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      offset: found.get(`${topic}-${partition}`) ?? 0,
    }))
  }

  /** The first records from a time on; the end where there is none. */
  async since(timestampMs: number): Promise<ResetTarget[]> {
    const found = await this.#find(timestampMs)
    const ends = await this.#find('latest')
    return this.#partitions.map(({ topic, partition }) => {
      const key = `${topic}-${partition}`
      const offset = found.get(key) ?? -1
      if (offset >= 0) return { topic, partition, offset }
      this.#terminal.out(
        `\nWarn: Partition ${partition} from topic ${topic} is empty. Falling back to latest known offset.\n`,
      )
      return { topic, partition, offset: ends.get(key) ?? 0 }
    })
  }

  /** What is wanted, no further than the log goes. Kafka's tool logs where it is cut; ours says it on standard error. */
  async within(wanted: (place: TopicPartition) => number): Promise<ResetTarget[]> {
    const targets = this.#partitions.map((place) => ({ place, offset: wanted(place) }))
    const begins = await this.#find('earliest')
    const ends = await this.#find('latest')
    return targets.map(({ place: { topic, partition }, offset }) => {
      const key = `${topic}-${partition}`
      const begin = begins.get(key) ?? 0
      const end = ends.get(key) ?? 0
      const kept = offset > end ? end : Math.max(offset, begin)
      if (kept !== offset) {
        const relation = offset > end ? 'higher than latest' : 'lower than earliest'
        this.#terminal.error(
          `New offset (${offset}) is ${relation} offset for topic partition ${key}. Value will be set to ${kept}\n`,
        )
      }
      return { topic, partition, offset: kept }
    })
  }

  async #find(timestamp: number | 'earliest' | 'latest'): Promise<ReadonlyMap<string, number>> {
    const queries = this.#partitions.map(({ topic, partition }) => ({ topic, partition, timestamp }))
    const found = await this.#admin.listOffsets(queries, timeoutOf(this.#options))
    return new Map([...found].map(([key, { offset }]) => [key, offset]))
  }
}
