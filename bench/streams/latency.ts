import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, Producer } from '@streamwright/client'

const recordsPerSecond = 10_000
const valueBytes = 100
const keyCount = 1000
const microsDigits = 16
const pollMs = 20

/** From handing a record to the producer to receiving what became of it. */
export interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
}

export interface LatencyOptions {
  readonly bootstrapServers: string
  readonly input: string
  readonly output: string
  readonly records: number
}

/**
 * Writes records at a fixed rate, each with its time, and reads what an application makes of them. The first half, in
 * which the application starts and its code gets warm, does not count.
 */
export async function measureLatency(options: LatencyOptions): Promise<Latency> {
  const [latencies] = await Promise.all([receive(options), send(options)])
  const sorted = latencies.subarray(Math.floor(latencies.length / 2)).toSorted()
  const at = (share: number): number => (sorted[Math.floor(sorted.length * share)] ?? 0) / 1000
  return { p50Ms: at(0.5), p99Ms: at(0.99), p999Ms: at(0.999) }
}

function nowMicros(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000)
}

async function send({ bootstrapServers, input, records }: LatencyOptions): Promise<void> {
  const producer = new Producer({ bootstrapServers, lingerMs: 0 })
  await producer.partitionsFor(input)
  let failure: Error | undefined
  const acknowledged = (error: Error | null): void => {
    if (error !== null) failure ??= error
  }
  const filling = 'x'.repeat(valueBytes - microsDigits)
  const startMs = performance.now()
  for (let sent = 0; sent < records;) {
    const due = Math.min(records, Math.floor(((performance.now() - startMs) * recordsPerSecond) / 1000))
    for (; sent < due; sent++) {
      const value = `${nowMicros()}${filling}`
      producer.append(input, 0, Date.now(), `key-${sent % keyCount}`, value, undefined, acknowledged)
    }
    await sleep(1)
  }
  await producer.close()
  if (failure !== undefined) throw failure
}

async function receive({ bootstrapServers, output, records }: LatencyOptions): Promise<Float64Array> {
  const place = { topic: output, partition: 0 }
  await using consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
  consumer.assign([place])
  consumer.seek(place, 0)
  const latencies = new Float64Array(records)
  let received = 0
  while (received < records) {
    for (const fetched of await consumer.poll(pollMs)) {
      const now = nowMicros()
      const cursor = fetched.batch.records()
      while (cursor.next()) {
        const sentMicros = Number(cursor.value()?.toString('latin1', 0, microsDigits))
        latencies[received] = now - sentMicros
        received += 1
      }
      fetched.release()
    }
  }
  return latencies
}
