// @platformatic/kafka: lists topics with the right password, and is refused with another. Arguments: the bootstrap server, the mechanism, a token.
import assert from 'node:assert/strict'
import { Admin } from '@platformatic/kafka'

const [server, mechanism, good] = process.argv.slice(2)

async function topics(password, token) {
  const sasl = mechanism === 'OAUTHBEARER' ? { mechanism, token } : { mechanism, username: 'alice', password }
  const admin = new Admin({ clientId: 'platformatic', bootstrapBrokers: [server], sasl, retries: 0 })
  try {
    return await admin.listTopics()
  } finally {
    await admin.close()
  }
}

assert.deepEqual(await topics('secret', good), ['known'])
await assert.rejects(topics('wrong', 'a.b.c'))
