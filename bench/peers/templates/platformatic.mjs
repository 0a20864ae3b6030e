// produce|consume with @platformatic/kafka. Arguments: operation, bootstrap server, topic, records, record size.
import { Consumer, Producer } from '@platformatic/kafka'

const [operation, server, topic, recordsText, sizeText] = process.argv.slice(2)
const records = Number(recordsText)
const batchRecords = 1000
const concurrency = 4
const bootstrapBrokers = [server]

function report(startMs, cpu) {
  const used = process.cpuUsage(cpu)
  process.stdout.write(
    `RESULT ${JSON.stringify({ seconds: (performance.now() - startMs) / 1000, cpuSeconds: (used.user + used.system) / 1e6 })}\n`,
  )
  process.exit(0)
}

if (operation === 'produce') {
  const producer = new Producer({ clientId: 'bench', bootstrapBrokers, acks: -1 })
  const value = Buffer.alloc(Number(sizeText), 120)
  const messages = Array.from({ length: batchRecords }, () => ({ topic, value }))
  await producer.send({ messages: messages.slice(0, 1) })
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  let left = records / batchRecords
  const worker = async () => {
    while (left-- > 0) await producer.send({ messages })
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  report(startMs, cpu)
} else {
  const consumer = new Consumer({
    clientId: 'bench',
    groupId: `bench-${process.pid}`,
    bootstrapBrokers,
    maxBytes: 1048576,
  })
  const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false, highWaterMark: 10000 })
  let seen = 0
  let bytes = 0
  let startMs
  let cpu
  stream.on('data', ({ value }) => {
    startMs ??= performance.now()
    cpu ??= process.cpuUsage()
    bytes += value.length
    if (++seen < records) return
    if (bytes !== seen * Number(sizeText)) throw new Error(`${seen} values of ${bytes} bytes came`)
    report(startMs, cpu)
  })
}
