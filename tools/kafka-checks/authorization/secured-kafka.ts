import type { KafkaBroker } from '../../apache-kafka/broker.ts'
import { freePorts, startKafkaBroker } from '../../apache-kafka/broker.ts'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'

/** An Apache Kafka with an authorizer, where everybody says who they are by PLAIN, and `admin` is the super user. */
export interface SecuredKafka {
  readonly broker: KafkaBroker
  readonly port: number
}

/** The password of everybody. */
export const password = 'secret'

export async function startSecuredKafka(
  kafka: KafkaInstallation,
  users: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<SecuredKafka> {
  const [port = 0, controllerPort = 0] = await freePorts(2)
  const accounts = ['admin', ...users].map((user) => `user_${user}="${password}"`).join(' ')
  const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="${password}" ${accounts};`
  const broker = await startKafkaBroker(kafka, {
    settings: {
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `CLIENTS://127.0.0.1:${port}`,
      'listener.security.protocol.map': 'CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
      'inter.broker.listener.name': 'CLIENTS',
      'sasl.enabled.mechanisms': 'PLAIN',
      'sasl.mechanism.inter.broker.protocol': 'PLAIN',
      'sasl.mechanism.controller.protocol': 'PLAIN',
      'listener.name.clients.plain.sasl.jaas.config': jaas,
      'listener.name.controller.plain.sasl.jaas.config': jaas,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:admin',
      ...settings,
    },
    port,
  })
  return { broker, port }
}
