import { writeFileSync } from 'node:fs'
import { freePorts, startKafkaBroker } from '../../tools/apache-kafka/broker.ts'
import { installKafka } from '../../tools/apache-kafka/installation.ts'
import type { RunningBroker } from './broker-process.ts'
import { settingsOf } from './broker-process.ts'
import type { BrokerKind } from './suite.ts'

/**
 * One node of Apache Kafka in place of our broker, to see what a suite makes of it: `--broker=kafka`. It has two
 * listeners more, of its controller and for itself, since those of the tests may ask for who it is.
 */
export async function startApacheKafka(kind: BrokerKind, logPath: string): Promise<RunningBroker> {
  const [own = 0, controller = 0, ...ports] = await freePorts(5)
  const { listeners = '', ...settings } = settingsOf(kind, ports)
  const names = listeners.split(',').map((listener) => listener.split('://')[0] ?? '')
  const protocols = settings['listener.security.protocol.map'] ?? names.map((name) => `${name}:${name}`).join(',')
  const broker = await startKafkaBroker(installKafka(), {
    port: own,
    settings: {
      ...modulesOf(names, settings['sasl.enabled.mechanisms'] ?? ''),
      ...settings,
      'controller.quorum.voters': `${settings['node.id'] ?? '1'}@127.0.0.1:${controller}`,
      listeners: `OWN://127.0.0.1:${own},CONTROLLER://127.0.0.1:${controller},${listeners}`,
      'advertised.listeners': `OWN://127.0.0.1:${own},${listeners}`,
      'listener.security.protocol.map': `OWN:PLAINTEXT,CONTROLLER:PLAINTEXT,${protocols}`,
      'inter.broker.listener.name': 'OWN',
    },
  })
  writeFileSync(logPath, `Apache Kafka ${installKafka().version}\n`)
  const place = { ports, bootstrapServers: `127.0.0.1:${ports[0]}`, pid: broker.pid }
  const stop = (): Promise<void> => broker.stop()
  const running = {
    place,
    stop,
    get runs(): boolean {
      return isAlive(broker.pid)
    },
  }
  process.once('exit', () => {
    if (running.runs) process.kill(broker.pid, 'SIGKILL')
  })
  await kind.prepare?.(place)
  return running
}

const loginModules: Readonly<Record<string, string>> = {
  'SCRAM-SHA-256': 'scram.ScramLoginModule',
  'SCRAM-SHA-512': 'scram.ScramLoginModule',
  OAUTHBEARER: 'oauthbearer.OAuthBearerLoginModule',
}

/** Kafka wants a login module named for each listener and mechanism; ours knows which is needed. */
function modulesOf(listeners: readonly string[], mechanisms: string): Record<string, string> {
  return Object.fromEntries(
    listeners.flatMap((listener) =>
      mechanisms.split(',').flatMap((mechanism) => {
        const loginModule = loginModules[mechanism]
        if (loginModule === undefined) return []
        const name = `listener.name.${listener.toLowerCase()}.${mechanism.toLowerCase()}.sasl.jaas.config`
        return [[name, `org.apache.kafka.common.security.${loginModule} required;`]]
      }),
    ),
  )
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
