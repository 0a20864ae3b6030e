/** produce|consume with our client. Arguments: operation, bootstrap server, topic, records, record size. */
import { Consumer, Producer } from '@streamwright/client'

const [operation, server = '', topic = '', recordsText, sizeText] = process.argv.slice(2)
const records = Number(recordsText)
const place = { topic, partition: 0 }

function report(startMs: number, cpu: NodeJS.CpuUsage): void {
  const used = process.cpuUsage(cpu)
  process.stdout.write(
    `RESULT ${JSON.stringify({ seconds: (performance.now() - startMs) / 1000, cpuSeconds: (used.user + used.system) / 1e6 })}\n`,
  )
  process.exit(0)
}

if (operation === 'produce') {
  // The peers are handed batches of 1000 records; ours fills batches of the same size by itself.
  const batchSize = 1000 * Number(sizeText)
  const producer = new Producer({
    bootstrapServers: server,
    acks: 'all',
    batchSize,
    maxRequestSize: 2 * batchSize + 1_048_576,
  })
  const value = Buffer.alloc(Number(sizeText), 120)
  await producer.partitionsFor(topic)
  let failure: Error | undefined
  const acknowledged = (error: Error | null): void => {
    if (error !== null) failure ??= error
  }
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  for (let sent = 0; sent < records; sent++) {
    producer.append(topic, 0, 1, null, value, undefined, acknowledged)
    if (producer.isFull) await producer.drained()
    // As a program with other work to do would: the event loop gets its turn.
    else if (sent % 1000 === 999) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  await producer.flush()
  if (failure !== undefined) throw failure
  report(startMs, cpu)
} else {
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
    for (const fetched of batches) {
      const cursor = fetched.batch.records()
      while (cursor.next()) {
        bytes += cursor.valueEnd - cursor.valueStart
        seen += 1
      }
      fetched.release()
    }
  }
  if (bytes !== seen * Number(sizeText)) throw new Error(`${seen} values of ${bytes} bytes came`)
  if (startMs !== undefined && cpu !== undefined) report(startMs, cpu)
}
