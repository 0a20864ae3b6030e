// A workload with a JavaScript peer, measured as ours is: the `key=value` arguments of bench/anchors.ts, and one RESULT
// line. `peer` is kafkajs, platformatic or kafkats; `measurement` is where bench/streams/measurement.ts lies.
const options = new Map(process.argv.slice(2).map((text) => text.split(/=(.*)/s, 2)))
const { measure } = await import(options.get('measurement'))
const server = options.get('bootstrap')
const [input] = options.get('in').split(',')
const output = options.get('out')
const groupId = options.get('app')
const counters = { read: 0, middle: 0 }
const batchRecords = 1000

/** What becomes of a value; undefined: nothing. */
function transformOf(workload) {
  if (workload === 'string-map') return (bytes) => bytes.toString().toUpperCase()
  return (bytes) => {
    const { id, user, region, amount, qty, active, ts } = JSON.parse(bytes.toString())
    return active ? JSON.stringify({ id, user, region, totalCents: Math.round(amount * qty * 100), ts }) : undefined
  }
}

async function kafkajs(transform) {
  const { default: library } = await import('kafkajs')
  const kafka = new library.Kafka({ brokers: [server], clientId: groupId, logLevel: library.logLevel.ERROR })
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  const consumer = kafka.consumer({ groupId, maxBytesPerPartition: 1048576 })
  await producer.connect()
  await consumer.connect()
  await consumer.subscribe({ topic: input, fromBeginning: true })
  await consumer.run({
    autoCommitInterval: 30_000,
    eachBatch: async ({ batch }) => {
      const messages = []
      for (const { key, value, timestamp } of batch.messages) {
        counters.read += 1
        const made = transform(value)
        if (made !== undefined) messages.push({ key, value: made, timestamp })
      }
      await producer.send({ topic: output, messages, acks: -1 })
    },
  })
  return async () => {
    await consumer.disconnect()
    await producer.disconnect()
  }
}

async function platformatic(transform) {
  const { Consumer, Producer } = await import('@platformatic/kafka')
  const shared = { clientId: groupId, bootstrapBrokers: [server] }
  const producer = new Producer({ ...shared, acks: -1 })
  const consumer = new Consumer({ ...shared, groupId, maxBytes: 1048576 })
  const stream = await consumer.consume({
    topics: [input],
    mode: 'earliest',
    autocommit: 30_000,
    highWaterMark: 10_000,
  })
  let messages = []
  const flush = async () => {
    if (messages.length === 0) return
    const full = messages
    messages = []
    await producer.send({ messages: full })
  }
  const reading = (async () => {
    for await (const { key, value, timestamp } of stream) {
      counters.read += 1
      const made = transform(value)
      if (made !== undefined) messages.push({ topic: output, key, value: Buffer.from(made), timestamp })
      if (messages.length >= batchRecords || counters.read >= Number(options.get('n'))) await flush()
    }
  })()
  reading.catch(fail)
  return async () => {
    await flush()
    await stream.close()
    await consumer.close(true)
    await producer.close()
  }
}

async function kafkats(transform, workload) {
  const { KafkaClient } = await import('@kafkats/client')
  const { flow, string } = await import('@kafkats/flow')
  const text = string()
  const long = {
    encode: (value) => {
      const bytes = Buffer.allocUnsafe(8)
      bytes.writeBigInt64BE(BigInt(value))
      return bytes
    },
    decode: (bytes) => Number(bytes.readBigInt64BE(0)),
  }
  const counted = {
    encode: (value) => text.encode(value),
    decode: (bytes) => {
      counters.read += 1
      return text.decode(bytes)
    },
  }
  const client = new KafkaClient({ brokers: [server], clientId: groupId })
  const app = flow({ applicationId: groupId, client, stateDir: options.get('statedir'), consumer: {}, producer: {} })
  const key = workload === 'word-count' ? undefined : text
  const stream = app.stream(input, { key, value: counted, offsetReset: 'earliest' })
  const counts = { storeName: 'counts', key: text, value: long }
  const written = { key: text, value: long }
  if (workload === 'count') {
    stream.groupByKey({ key: text, value: text }).count(counts).toStream().to(output, written)
  } else if (workload === 'word-count') {
    stream
      .flatMapValues((line) => line.toLowerCase().split(' '))
      .groupBy((_key, word) => word, { key: text, value: text })
      .count(counts)
      .toStream()
      .peek(() => void counters.middle++)
      .to(output, written)
  } else {
    stream
      .mapValues((value) => transform(value))
      .filter((_key, value) => value !== undefined)
      .to(output, { key: text, value: text })
  }
  app.start().catch(fail)
  return () => app.close()
}

function fail(error) {
  process.stderr.write(`${error.stack ?? error}\n`)
  process.exit(3)
}

process.on('unhandledRejection', fail)
const workload = options.get('workload')
const executedAtMs = Number(options.get('exec'))
const close = await { kafkajs, platformatic, kafkats }[options.get('peer')](transformOf(workload), workload)
const startMs = Date.now() - executedAtMs
const figures = await measure({
  total: Number(options.get('n')),
  middleTotal: Number(options.get('mid')),
  counters,
  brokerPid: Number(options.get('brokerpid')),
  cores: options.get('hostcpus').split(','),
  close,
})
const peak = process.resourceUsage().maxRSS / 1024
process.stdout.write(`RESULT ${JSON.stringify({ ...figures, hwm_mb: Math.round(peak), startup_ms: startMs })}\n`)
process.exit(0)
