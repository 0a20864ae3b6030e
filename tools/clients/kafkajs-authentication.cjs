// kafkajs: lists topics with the right password, and is refused with another. Arguments: the bootstrap server, the mechanism, a token.
const assert = require('node:assert/strict')
const { Kafka, logLevel } = require('kafkajs')

const [server, mechanism, token] = process.argv.slice(2)

async function topics(password, value) {
  const sasl =
    mechanism === 'OAUTHBEARER'
      ? { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value }) }
      : { mechanism: mechanism.toLowerCase(), username: 'alice', password }
  const kafka = new Kafka({ brokers: [server], sasl, logLevel: logLevel.NOTHING, retry: { retries: 0 } })
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await admin.listTopics()
  } finally {
    await admin.disconnect()
  }
}

async function main() {
  assert.deepEqual(await topics('secret', token), ['known'])
  await assert.rejects(topics('wrong', 'a.b.c'))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
