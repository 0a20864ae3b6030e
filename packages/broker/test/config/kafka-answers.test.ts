import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { gunzipSync } from 'node:zlib'
import { testBroker } from '../support/test-broker.ts'
import { answerTo, settingCases } from './setting-cases.ts'

const recorded = new URL('../../../../conformance/data/broker-settings.json.gz', import.meta.url)

test('what may be said of each setting of a broker is what Apache Kafka 4.3 has said of it', async (context) => {
  const answers = JSON.parse(gunzipSync(readFileSync(recorded)).toString()) as readonly string[]
  const { client } = await testBroker(context, { listen: true, settings: { listeners: 'PLAINTEXT://127.0.0.1:0' } })
  const cases = settingCases()
  assert.equal(cases.length, answers.length, 'Record anew what Apache Kafka says: npm run test:kafka')
  const own = await Promise.all(cases.map((each) => answerTo(client, each)))
  const differences = cases.flatMap(({ broker, name, value }, index) =>
    own[index] === answers[index]
      ? []
      : [`${name}=${value} of ${broker || 'all'}\n  ours  ${own[index]}\n  Kafka ${answers[index]}`],
  )
  assert.equal(differences.join('\n'), '')
})
