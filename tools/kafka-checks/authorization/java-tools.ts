import assert from 'node:assert/strict'
import { startBroker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { runJavaToolBeside } from '../java-program.ts'

const bytesPerSecond = 200_000
const recordBytes = 1000
const records = 4000

/** Java's tools for ACLs and quotas on our broker, and Java's clients under a quota. */
export async function javaAuthorization(list: CheckList, kafka: KafkaInstallation): Promise<void> {
  const broker = await startBroker({
    port: 0,
    inMemory: true,
    settings: { authorizerClassName: 'StandardAuthorizer', superUsers: 'User:ANONYMOUS' },
  })
  const admin = new Admin({ bootstrapServers: broker.bootstrapServers })
  const java = (mainClass: string, ...argv: string[]): Promise<string> =>
    runJavaToolBeside(kafka, mainClass, ['--bootstrap-server', broker.bootstrapServers, ...argv])
  try {
    await list.check("Java's kafka-acls adds, lists and removes ACLs, on our broker", async () => {
      const acls = 'org.apache.kafka.tools.AclCommand'
      const role = ['--producer', '--allow-principal', 'User:p', '--topic', 't', '--transactional-id', 'x']
      await java(acls, '--add', ...role)
      const printed = await java(acls, '--list')
      assert.match(printed, /resourceType=TOPIC, name=t, patternType=LITERAL/)
      assert.match(printed, /principal=User:p, host=\*, operation=CREATE, permissionType=ALLOW/)
      await java(acls, '--remove', '--force', ...role)
      assert.equal((await admin.describeAcls()).length, 0)
    })
    await list.check("Java's kafka-configs sets and shows quotas, on our broker", async () => {
      const configs = 'kafka.admin.ConfigCommand'
      await java(configs, '--alter', '--user', 'a', '--client-defaults', '--add-config', 'consumer_byte_rate=1000')
      const printed = await java(configs, '--describe', '--user', 'a', '--client-defaults')
      assert.match(printed, /user-principal 'a', the default client-id are consumer_byte_rate=1000\.0/)
    })
    await list.check(`Java's producer and consumer keep to ${bytesPerSecond} bytes a second, on our broker`, () =>
      atTheirRate(admin, broker.bootstrapServers, kafka),
    )
  } finally {
    await admin.close()
    await broker.close()
  }
}

/** Four megabytes, of which two may go at once. */
async function atTheirRate(admin: Admin, bootstrapServers: string, kafka: KafkaInstallation): Promise<void> {
  await admin.createTopics([{ name: 'rates' }])
  const quotas = { producer_byte_rate: bytesPerSecond, consumer_byte_rate: bytesPerSecond }
  await admin.alterClientQuotas([{ entity: { user: null }, set: quotas }])
  const startMs = performance.now()
  await runJavaToolBeside(kafka, 'org.apache.kafka.tools.ProducerPerformance', [
    ...['--topic', 'rates', '--num-records', String(records), '--record-size', String(recordBytes)],
    ...['--throughput', '-1', '--producer-props', `bootstrap.servers=${bootstrapServers}`],
  ])
  const producedMs = performance.now() - startMs
  await runJavaToolBeside(kafka, 'org.apache.kafka.tools.ConsumerPerformance', [
    ...['--topic', 'rates', '--messages', String(records), '--bootstrap-server', bootstrapServers],
    ...['--timeout', '30000'],
  ])
  const consumedMs = performance.now() - startMs - producedMs
  const dueMs = (records * recordBytes * 1000) / bytesPerSecond - 10_000
  process.stdout.write(
    `        produced in ${(producedMs / 1000).toFixed(1)} s, consumed in ${(consumedMs / 1000).toFixed(1)} s; without the first ten seconds' worth it takes ${dueMs / 1000} s\n`,
  )
  assert.ok(producedMs >= dueMs * 0.8 && producedMs < dueMs * 3, `produced in ${producedMs} ms`)
  assert.ok(consumedMs >= dueMs * 0.8 && consumedMs < dueMs * 3, `consumed in ${consumedMs} ms`)
}
