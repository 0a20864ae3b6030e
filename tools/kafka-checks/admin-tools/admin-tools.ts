import assert from 'node:assert/strict'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { commands, refused } from './commands.ts'
import { TwoBrokers } from './two-brokers.ts'

const login = `security.protocol=SASL_PLAINTEXT
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="a";
`

/** Java's command line tools say of our broker what they say of Apache Kafka, and end alike. */
export async function adminTools(list: CheckList, kafka: KafkaInstallation, classes: string): Promise<void> {
  const brokers = await TwoBrokers.start(kafka, classes)
  const replicas = (broker: number): string =>
    JSON.stringify({ version: 1, partitions: [{ topic: 't', partition: 0, replicas: [broker] }] })
  brokers.write('topics.json', JSON.stringify({ version: 1, topics: [{ topic: 't' }] }))
  brokers.write('here.json', replicas(1))
  brokers.write('elsewhere.json', replicas(9))
  brokers.write('offsets.json', JSON.stringify({ version: 1, partitions: [{ topic: 't', partition: 0, offset: 0 }] }))
  brokers.write('empty.properties', '')
  brokers.write('login.properties', login)
  try {
    for (const [theme, sequence] of Object.entries(commands)) {
      await list.check(`Java's tools say the same of our broker and of Apache Kafka: ${theme}`, async () => {
        for (const [commandLine, prints] of sequence) {
          const { ours, theirs } = await brokers.both(commandLine)
          assert.equal(ours, theirs, commandLine)
          assert.match(ours, prints, `${commandLine}\n${ours}`)
        }
      })
    }
    await list.check('kafka-broker-api-versions: what our broker has, it has in the versions of Apache Kafka', () =>
      versionsAlike(brokers),
    )
    await list.check("Java's tools say clearly what our broker has not", async () => {
      for (const [commandLine, prints] of refused) {
        const { output, errors } = await brokers.run(commandLine, brokers.ours)
        assert.match(output + errors, prints, `${commandLine}\n${output}${errors}`)
      }
    })
  } finally {
    await brokers.close()
  }
}

async function versionsAlike(brokers: TwoBrokers): Promise<void> {
  const tableOf = async (broker: TwoBrokers['ours']): Promise<Map<string, string>> => {
    const { status, output } = await brokers.run('kafka-broker-api-versions', broker)
    assert.equal(status, 0)
    return new Map(
      Array.from(output.matchAll(/^\t(\w+\(\d+\)): (.*?),?$/gm), ([, api = '', versions = '']) => [api, versions]),
    )
  }
  const ours = await tableOf(brokers.ours)
  const theirs = await tableOf(brokers.theirs)
  assert.deepEqual([...ours.keys()], [...theirs.keys()])
  const lacking = [...ours].filter(([api, versions]) => versions !== theirs.get(api))
  for (const [api, versions] of lacking) {
    assert.equal(versions, 'UNSUPPORTED', api)
    assert.match(api, /^(?:Share|Streams)|ShareGroup/, `${api} is of share groups or of the streams protocol`)
  }
}
