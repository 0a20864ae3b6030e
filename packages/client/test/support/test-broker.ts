import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import type { Environment } from '@streamwright/std'
import { environmentWith, silentLog } from '@streamwright/std'

/** Real time, but nothing on the console. */
export const quietEnvironment: Environment = environmentWith({ log: silentLog })

/** A broker in memory without a socket, and what connects a client to it. Close it when the test ends. */
export interface TestBroker {
  readonly broker: Broker
  /** To spread into a client's configuration. */
  readonly client: {
    readonly bootstrapServers: string
    readonly connect: Broker['connect']
    readonly retryBackoffMs: number
    readonly retryBackoffMaxMs: number
    readonly reconnectBackoffMs: number
  }
}

export async function startTestBroker(settings: Readonly<Record<string, unknown>> = {}): Promise<TestBroker> {
  const broker = await startBroker({ inMemory: true, listen: false, settings, environment: quietEnvironment })
  return {
    broker,
    client: {
      bootstrapServers: 'in-process:9092',
      connect: () => broker.connect(),
      retryBackoffMs: 2,
      retryBackoffMaxMs: 10,
      reconnectBackoffMs: 2,
    },
  }
}

/** Calls `use` with a broker, and closes it whatever happens. */
export async function withBroker(
  use: (running: TestBroker) => Promise<void>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const running = await startTestBroker(settings)
  try {
    await use(running)
  } finally {
    await running.broker.close()
  }
}
