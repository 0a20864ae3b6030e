import { Consumer } from '@streamwright/client'
import type { OutputComparison } from './workloads.ts'

const pollMs = 1000
const fetchBytes = 10_485_760

/** What an application has written, so that two of them can be compared. */
export interface OutputSummary {
  readonly records: number
  /** Over all records, or over the last value of each key, in any order. */
  readonly digest: string
}

/**
 * Reads an output topic. JSON counts by what it says, since Java writes some numbers in another way (`1.0E7`); so the
 * order of its fields counts, the form of its numbers does not.
 */
export async function summarizeOutput(
  bootstrapServers: string,
  topic: string,
  compare: OutputComparison,
  valuesAreJson: boolean,
): Promise<OutputSummary> {
  const sums = { low: 0, high: 0 }
  const latest = new Map<string, string>()
  const add = (text: string): void => {
    sums.low = (sums.low + hash(text, 0x811c9dc5)) >>> 0
    sums.high = (sums.high + hash(text, 0x01234567)) >>> 0
  }
  const place = { topic, partition: 0 }
  await using consumer = new Consumer({
    bootstrapServers,
    enableAutoCommit: false,
    maxPollRecords: 100_000,
    maxPartitionFetchBytes: fetchBytes,
  })
  consumer.assign([place])
  consumer.seek(place, 0)
  const end = (await consumer.endOffsets([place])).get(`${topic}-0`) ?? 0
  let records = 0
  while (records < end) {
    const batches = await consumer.poll(pollMs)
    for (const fetched of batches) {
      const cursor = fetched.batch.records()
      while (cursor.next()) {
        records += 1
        const key = cursor.key()?.toString('latin1') ?? ''
        const bytes = cursor.value()
        if (compare === 'latest' && bytes === null) latest.delete(key)
        const value =
          bytes === null ? '' : valuesAreJson ? JSON.stringify(JSON.parse(bytes.toString())) : bytes.toString('latin1')
        if (compare === 'records') add(`${key} ${value} ${cursor.timestamp}`)
        else if (bytes !== null) latest.set(key, value)
      }
      fetched.release()
    }
  }
  for (const [key, value] of latest) add(`${key} ${value}`)
  return { records, digest: sums.high.toString(16).padStart(8, '0') + sums.low.toString(16).padStart(8, '0') }
}

/** FNV-1a over the characters. */
function hash(text: string, seed: number): number {
  let value = seed
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
