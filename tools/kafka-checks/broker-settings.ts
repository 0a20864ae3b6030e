import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { startBroker } from '@streamwright/broker'
import { answerTo, settingCases } from '../../packages/broker/test/config/setting-cases.ts'
import { ProtocolClient } from '../../packages/broker/test/support/protocol-client.ts'
import type { KafkaBroker } from '../apache-kafka/broker.ts'
import type { CheckList } from './check-list.ts'

const recording = new URL('../../conformance/data/broker-settings.json.gz', import.meta.url)

/**
 * Our broker and Apache Kafka, both new, say the same to each value of each setting. With `STREAMWRIGHT_RECORD=1` what
 * Kafka says is written down, for the tests that have no Kafka.
 */
export async function brokerSettingsAlike(list: CheckList, kafka: KafkaBroker): Promise<void> {
  await list.check('values of settings are taken and refused as by Apache Kafka', async () => {
    const broker = await startBroker({ inMemory: true, settings: { listeners: 'PLAINTEXT://127.0.0.1:0' } })
    const [host = '', port = ''] = kafka.bootstrapServers.split(':')
    const socket = connect(Number(port), host)
    await once(socket, 'connect')
    const [ours, theirs] = [new ProtocolClient(broker.connect()), new ProtocolClient(socket)]
    try {
      const answers: string[] = []
      const differences: string[] = []
      for (const each of settingCases()) {
        const [own, kafkas] = await Promise.all([answerTo(ours, each), answerTo(theirs, each)])
        answers.push(kafkas)
        if (own !== kafkas) differences.push(`${JSON.stringify(each)}\n  ours  ${own}\n  Kafka ${kafkas}`)
      }
      if (process.env['STREAMWRIGHT_RECORD'] === '1') writeFileSync(recording, gzipSync(JSON.stringify(answers)))
      process.stdout.write(`        ${answers.length} requests\n`)
      assert.equal(differences.join('\n'), '')
    } finally {
      for (const client of [ours, theirs]) client.close()
      await broker.close()
    }
  })
}
