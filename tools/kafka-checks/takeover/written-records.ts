import type { Admin } from '@streamwright/client'
import { Consumer, eachRecord } from '@streamwright/client'
import type { ConsumedRecord } from '@streamwright/client'
import { minuteMs } from './topology.ts'

/** Reads on in topics with one partition, each time to their end as it is then. */
export class WrittenRecords {
  readonly #admin: Admin
  readonly #consumer: Consumer
  readonly #positions: Map<string, number>

  constructor(admin: Admin, bootstrapServers: string, topics: readonly string[]) {
    this.#admin = admin
    this.#consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
    this.#positions = new Map(topics.map((topic) => [topic, 0]))
    const places = topics.map((topic) => ({ topic, partition: 0 }))
    this.#consumer.assign(places)
    for (const place of places) this.#consumer.seek(place, 0)
  }

  /** What has come to each topic since. */
  async next(): Promise<Map<string, ConsumedRecord[]>> {
    const ends = await endOffsets(this.#admin, [...this.#positions.keys()])
    const read = new Map<string, ConsumedRecord[]>([...ends.keys()].map((topic) => [topic, []]))
    while ([...ends].some(([topic, end]) => (this.#positions.get(topic) ?? 0) < end)) {
      for (const record of eachRecord(await this.#consumer.poll(100))) {
        read.get(record.topic)?.push(record)
        this.#positions.set(record.topic, record.offset + 1)
      }
    }
    return read
  }

  close(): Promise<void> {
    return this.#consumer.close()
  }
}

/** The offset behind the last record of each topic. */
export async function endOffsets(admin: Admin, topics: readonly string[]): Promise<Map<string, number>> {
  const queries = topics.map((topic) => ({ topic, partition: 0, timestamp: 'latest' as const }))
  return new Map([...(await admin.listOffsets(queries)).values()].map(({ topic, offset }) => [topic, offset]))
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
