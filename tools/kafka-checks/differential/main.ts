/**
 * `npm run differential`: the same random requests to our broker and to Apache Kafka 4.3, and what differs in their
 * answers. `--seed`, `--steps` (requests of each area), `--area` (one, or some with commas).
 */
import { parseArgs } from 'node:util'
import { installKafka } from '../../apache-kafka/installation.ts'
import { areas } from './areas.ts'
import { startTwoBrokers } from './brokers.ts'
import { describeDifference } from './difference.ts'
import { runArea } from './run-area.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '1000' },
    area: { type: 'string', default: '' },
  },
})
const wanted = values.area === '' ? areas : areas.filter(({ name }) => values.area.split(',').includes(name))
const brokers = await startTwoBrokers(installKafka())
let hasDifference = false
try {
  for (const area of wanted) {
    const { asked, differences } = await runArea(brokers, area, Number(values.seed), Number(values.steps), (each) =>
      process.stdout.write(describeDifference(each)),
    )
    const ofTexts = differences.filter(({ isAboutTexts }) => isAboutTexts).length
    const others = differences.length - ofTexts
    process.stdout.write(`${area.name}: ${asked} asked, ${others} differ, ${ofTexts} more in their messages\n`)
    if (others > 0) hasDifference = true
  }
} finally {
  await brokers.stop()
}
process.exitCode = hasDifference ? 1 : 0
