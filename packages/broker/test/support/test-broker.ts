import type { Broker, BrokerOptions } from '../../src/index.ts'
import { startBroker } from '../../src/index.ts'
import type { FakeEnvironment } from './fake-environment.ts'
import { fakeEnvironment } from './fake-environment.ts'
import { ProtocolClient } from './protocol-client.ts'

/** A broker in memory under fake time, with a client; both are closed when the test ends. */
export interface TestBroker {
  readonly broker: Broker
  readonly environment: FakeEnvironment
  readonly client: ProtocolClient
  /** Another connection. */
  readonly connect: () => ProtocolClient
}

/** What `node:test` hands to a test, as far as it is needed here. */
interface Cleanup {
  after(action: () => void | Promise<void>): void
}

export async function testBroker(
  context: Cleanup,
  options: Omit<BrokerOptions, 'environment'> = {},
  environment: FakeEnvironment = fakeEnvironment(),
): Promise<TestBroker> {
  const place = options.dataDirectory === undefined && options.temporary !== true ? { inMemory: true } : {}
  const broker = await startBroker({ listen: false, ...place, ...options, environment })
  context.after(() => broker.close())
  const connect = (): ProtocolClient => new ProtocolClient(broker.connect())
  return { broker, environment, client: connect(), connect }
}
