import type { Admin } from '@streamwright/client'
import { Consumer, eachRecord } from '@streamwright/client'
import type { ConsumedRecord, TopicPartition } from '@streamwright/client'
import { eventually } from '../eventually.ts'
import { minuteMs } from './topology.ts'

/** Reads on in topics, each time to their end as it is then. */
export class WrittenRecords {
  readonly #admin: Admin
  readonly #consumer: Consumer
  readonly #places: readonly TopicPartition[]
  readonly #positions = new Map<string, number>()

  private constructor(admin: Admin, consumer: Consumer, places: readonly TopicPartition[]) {
    this.#admin = admin
    this.#consumer = consumer
    this.#places = places
    consumer.assign(places)
    for (const place of places) consumer.seek(place, 0)
  }

  static async of(admin: Admin, bootstrapServers: string, topics: readonly string[]): Promise<WrittenRecords> {
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
    return new WrittenRecords(admin, consumer, await placesOf(admin, topics))
  }

  /** What has come to each topic since, a partition after the other. */
  async next(): Promise<Map<string, ConsumedRecord[]>> {
    const ends = await endOffsets(this.#admin, this.#places)
    const read = new Map<string, ConsumedRecord[]>(this.#places.map((place) => [placeText(place), []]))
    while ([...ends].some(([place, end]) => (this.#positions.get(place) ?? 0) < end)) {
      for (const record of eachRecord(await this.#consumer.poll(100))) {
        const place = placeText(record)
        read.get(place)?.push(record)
        this.#positions.set(place, record.offset + 1)
      }
    }
    const byTopic = Map.groupBy(this.#places, ({ topic }) => topic)
    return new Map(
      [...byTopic].map(([topic, places]) => [topic, places.flatMap((place) => read.get(placeText(place)) ?? [])]),
    )
  }

  close(): Promise<void> {
    return this.#consumer.close()
  }
}

/** All partitions of the topics. */
export async function placesOf(admin: Admin, topics: readonly string[]): Promise<TopicPartition[]> {
  const described = await eventually(() => admin.describeTopics(topics))
  return [...described].flatMap(([topic, { partitions }]) =>
    partitions.map((_each, partition) => ({ topic, partition })),
  )
}

export function placeText({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

/** The offset behind the last record of each partition. */
export async function endOffsets(admin: Admin, places: readonly TopicPartition[]): Promise<Map<string, number>> {
  const queries = places.map(({ topic, partition }) => ({ topic, partition, timestamp: 'latest' as const }))
  return new Map([...(await admin.listOffsets(queries)).values()].map((found) => [placeText(found), found.offset]))
}

/** A record that a topology has found, by its name, and as text. */
export function foundText(record: ConsumedRecord): readonly [name: string, text: string] {
  const [name = '', ...key] = (record.key?.toString() ?? '').split(' ')
  const headers = record.headers.map((header) => ` ${header.key}=${header.value?.toString() ?? 'null'}`).join('')
  return [name, `${key.join(' ')}=${record.value?.toString() ?? 'null'} @${record.timestamp % minuteMs}${headers}`]
}

/** Everything of a record but its offset, as text. */
export function rawText(record: ConsumedRecord): string {
  return `${bytesText(record)} @${record.timestamp % minuteMs}`
}

/** Key, value and headers of a record, as text. */
export function bytesText({ key, value, headers }: ConsumedRecord): string {
  const headerTexts = headers.map((header) => `${header.key}:${Buffer.from(header.value ?? []).toString('hex')}`)
  return [key?.toString('hex') ?? 'null', value?.toString('hex') ?? 'null', ...headerTexts].join(' ')
}
