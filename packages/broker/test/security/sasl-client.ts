import { connect } from 'node:net'
import { saslAuthenticate } from '@streamwright/protocol/messages/sasl-authenticate'
import type { SaslAuthenticateResponse } from '@streamwright/protocol/messages/sasl-authenticate'
import { saslHandshake } from '@streamwright/protocol/messages/sasl-handshake'
import type { Broker, BrokerOptions } from '../../src/index.ts'
import { startBroker } from '../../src/index.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import type { FakeEnvironment } from '../support/fake-environment.ts'
import { ProtocolClient } from '../support/protocol-client.ts'

/** What `node:test` hands to a test, as far as it is needed here. */
interface Cleanup {
  after(action: () => void | Promise<void>): void
}

/** A broker whose clients have to authenticate. */
export interface SaslBroker {
  readonly broker: Broker
  readonly environment: FakeEnvironment
  /** A connection through the listener. */
  readonly connect: () => ProtocolClient
}

/** A broker in memory with one listener, SASL_PLAINTEXT, under fake time. */
export async function saslBroker(
  context: Cleanup,
  mechanisms: readonly string[],
  options: Omit<BrokerOptions, 'environment'> = {},
): Promise<SaslBroker> {
  const environment = fakeEnvironment()
  const settings = {
    listeners: 'SASL_PLAINTEXT://127.0.0.1:0',
    saslEnabledMechanisms: mechanisms.join(),
    connectionFailedAuthenticationDelayMs: 0,
    ...options.settings,
  }
  const broker = await startBroker({ inMemory: true, ...options, settings, environment })
  context.after(() => broker.close())
  const open = (): ProtocolClient => {
    const client = new ProtocolClient(connect(broker.port, '127.0.0.1'))
    context.after(() => client.close())
    return client
  }
  return { broker, environment, connect: open }
}

/** Shakes hands, and says one thing. */
export async function sayOnce(
  client: ProtocolClient,
  mechanism: string,
  message: string,
): Promise<SaslAuthenticateResponse> {
  await client.send(saslHandshake, 1, { mechanism })
  return client.send(saslAuthenticate, 2, { authBytes: Buffer.from(message) })
}
