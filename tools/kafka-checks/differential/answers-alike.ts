import assert from 'node:assert/strict'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { areas } from './areas.ts'
import { startTwoBrokers } from './brokers.ts'
import { describeDifference } from './difference.ts'
import { runArea } from './run-area.ts'

const seed = 1
const steps = 80

/** Our broker and Apache Kafka answer alike to the same random requests; a small part of `npm run differential`. */
export async function answersAlike(list: CheckList, kafka: KafkaInstallation): Promise<void> {
  const brokers = await startTwoBrokers(kafka)
  try {
    for (const area of areas) {
      await list.check(`random requests about ${area.name} are answered as by Apache Kafka`, async () => {
        const { asked, differences } = await runArea(brokers, area, seed, steps)
        const told = differences.filter(({ isAboutTexts }) => !isAboutTexts).map(describeDifference)
        assert.equal(told.length, 0, told.join(''))
        process.stdout.write(`        ${asked} requests\n`)
      })
    }
  } finally {
    await brokers.stop()
  }
}
