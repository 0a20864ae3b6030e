// produce|consume with kafkajs. Arguments: operation, bootstrap server, topic, records, record size.
const { Kafka, logLevel } = require('kafkajs')
const [operation, server, topic, recordsText, sizeText] = process.argv.slice(2)
const records = Number(recordsText)
const batchRecords = 1000
const concurrency = 4

function report(startMs, cpu) {
  const used = process.cpuUsage(cpu)
  process.stdout.write(
    `RESULT ${JSON.stringify({ seconds: (performance.now() - startMs) / 1000, cpuSeconds: (used.user + used.system) / 1e6 })}\n`,
  )
  process.exit(0)
}

async function produce(kafka) {
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const value = Buffer.alloc(Number(sizeText), 120)
  const messages = Array.from({ length: batchRecords }, () => ({ value }))
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  let left = records / batchRecords
  const worker = async () => {
    while (left-- > 0) await producer.send({ topic, messages, acks: -1 })
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  report(startMs, cpu)
}

async function consume(kafka) {
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}`, maxBytesPerPartition: 1048576 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let seen = 0
  let bytes = 0
  let startMs
  let cpu
  await consumer.run({
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      startMs ??= performance.now()
      cpu ??= process.cpuUsage()
      for (const { value } of batch.messages) bytes += value.length
      seen += batch.messages.length
      if (seen < records) return
      if (bytes !== seen * Number(sizeText)) throw new Error(`${seen} values of ${bytes} bytes came`)
      report(startMs, cpu)
    },
  })
}

const kafka = new Kafka({ brokers: [server], logLevel: logLevel.ERROR })
void (operation === 'produce' ? produce(kafka) : consume(kafka))
