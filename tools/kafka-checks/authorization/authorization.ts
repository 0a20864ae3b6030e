import { startBroker } from '@streamwright/broker'
import { ApiKey } from '@streamwright/protocol'
import { ProtocolClient } from '../../../packages/broker/test/support/protocol-client.ts'
import { adminAccessCases } from '../../../packages/broker/test/security/admin-access-cases.ts'
import { clientAccessCases } from '../../../packages/broker/test/security/client-access-cases.ts'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { aclRequestsAnswerAlike } from './acl-requests.ts'
import { PreparedBroker, answerAlike } from './comparison.ts'
import { quotaRequestsAnswerAlike } from './quota-requests.ts'
import { saslClient } from './sasl-client.ts'
import { password, startSecuredKafka } from './secured-kafka.ts'

/** Their requests here name no voters that can be: what is wrong first is another thing in Kafka. */
const aboutVoters: ReadonlySet<number> = new Set([ApiKey.AddRaftVoter, ApiKey.RemoveRaftVoter])

/** Our broker and Apache Kafka, both with an authorizer, answer alike to the same requests with the same permissions. */
export async function authorizationAlike(list: CheckList, kafka: KafkaInstallation): Promise<void> {
  const secured = await startSecuredKafka(kafka, ['user'])
  const broker = await startBroker({
    listen: false,
    inMemory: true,
    settings: { authorizerClassName: 'StandardAuthorizer', superUsers: 'User:admin', offsetsTopicNumPartitions: 5 },
  })
  const connect = (user: string): Promise<ProtocolClient> => Promise.resolve(new ProtocolClient(broker.connect(user)))
  const connectKafka = (user: string): Promise<ProtocolClient> => saslClient(secured.port, user, password)
  try {
    const ours = await PreparedBroker.prepare({ admin: await connect('admin'), connect })
    const theirs = await PreparedBroker.prepare({ admin: await connectKafka('admin'), connect: connectKafka })
    await list.check('each API answers to each missing permission as Apache Kafka does', async () => {
      const cases = [...clientAccessCases, ...adminAccessCases].filter(({ apiKey }) => !aboutVoters.has(apiKey))
      const count = await answerAlike(ours, theirs, cases)
      process.stdout.write(`        ${count} requests\n`)
    })
    await list.check('requests about ACLs are answered as by Apache Kafka', () => aclRequestsAnswerAlike(ours, theirs))
    await list.check('requests about quotas are answered as by Apache Kafka', () =>
      quotaRequestsAnswerAlike(ours, theirs),
    )
  } finally {
    await broker.close()
    await secured.broker.stop()
  }
}
