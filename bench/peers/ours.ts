/** produce|consume with our client. Arguments: operation, bootstrap server, topic, records, record size, records|fields. */
import { Consumer, eachRecord, Producer } from '@streamwright/client'
import type { ProducerRecord } from '@streamwright/client'

const [operation, server = '', topic = '', recordsText, sizeText, way] = process.argv.slice(2)
const records = Number(recordsText)
const sizeBytes = Number(sizeText)
const batchRecords = 1000
const concurrency = 4
/** Length, deltas and the like of a record of some 100 bytes or some KB, without a key. */
const recordOverheadBytes = 11

function report(startMs: number, cpu: NodeJS.CpuUsage): never {
  const used = process.cpuUsage(cpu)
  process.stdout.write(
    `RESULT ${JSON.stringify({ seconds: (performance.now() - startMs) / 1000, cpuSeconds: (used.user + used.system) / 1e6 })}\n`,
  )
  process.exit(0)
}

/** Lists of 1000 records, four of them on the way: what the peers do. */
async function sendLists(producer: Producer, value: Buffer): Promise<void> {
  const list = Array.from({ length: batchRecords }, (): ProducerRecord => ({ topic, value }))
  let left = records / batchRecords
  const worker = async (): Promise<void> => {
    while (left-- > 0) await producer.send(list)
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

/** One record after the other, without objects. */
async function appendEach(producer: Producer, value: Buffer): Promise<void> {
  const timestamp = Date.now()
  let failure: Error | undefined
  const acknowledged = (error: Error | null): void => {
    if (error !== null) failure ??= error
  }
  for (let sent = 0; sent < records; sent++) {
    producer.append(topic, 0, timestamp, null, value, undefined, acknowledged)
    if (producer.isFull) await producer.drained()
    // As a program with other work to do would: the event loop gets its turn.
    else if (sent % 1000 === 999) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  await producer.flush()
  if (failure !== undefined) throw failure
}

async function produce(): Promise<void> {
  // Batches have 1000 records, as the peers' have. Theirs leave with each list; so do ours when lists are sent.
  const batchSize = batchRecords * (sizeBytes + recordOverheadBytes)
  const producer = new Producer({
    bootstrapServers: server,
    acks: 'all',
    batchSize,
    ...(way === 'records' ? { lingerMs: 0 } : {}),
    maxRequestSize: 2 * batchSize + 1_048_576,
  })
  const value = Buffer.alloc(sizeBytes, 120)
  await producer.partitionsFor(topic)
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  if (way === 'records') await sendLists(producer, value)
  else await appendEach(producer, value)
  report(startMs, cpu)
}

async function consume(): Promise<void> {
  const place = { topic, partition: 0 }
  const consumer = new Consumer({ bootstrapServers: server, enableAutoCommit: false, maxPollRecords: 100_000 })
  consumer.assign([place])
  consumer.seek(place, 0)
  let seen = 0
  let bytes = 0
  let startMs: number | undefined
  let cpu: NodeJS.CpuUsage | undefined
  while (seen < records) {
    const batches = await consumer.poll(1000)
    startMs ??= performance.now()
    cpu ??= process.cpuUsage()
    if (way === 'records') {
      for (const { value } of eachRecord(batches)) {
        bytes += value?.length ?? 0
        seen += 1
      }
    } else {
      for (const fetched of batches) {
        const cursor = fetched.batch.records()
        while (cursor.next()) {
          bytes += cursor.valueEnd - cursor.valueStart
          seen += 1
        }
      }
    }
    for (const fetched of batches) fetched.release()
  }
  if (bytes !== seen * sizeBytes) throw new Error(`${seen} values of ${bytes} bytes came`)
  if (startMs !== undefined && cpu !== undefined) report(startMs, cpu)
}

await (operation === 'produce' ? produce() : consume())
