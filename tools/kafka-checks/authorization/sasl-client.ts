import { once } from 'node:events'
import { connect } from 'node:net'
import { saslAuthenticate } from '@streamwright/protocol/messages/sasl-authenticate'
import { saslHandshake } from '@streamwright/protocol/messages/sasl-handshake'
import { ProtocolClient } from '../../../packages/broker/test/support/protocol-client.ts'

/** A connection that has said who it is, by PLAIN. */
export async function saslClient(port: number, user: string, password: string): Promise<ProtocolClient> {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  const client = new ProtocolClient(socket)
  const { errorCode } = await client.send(saslHandshake, 1, { mechanism: 'PLAIN' })
  if (errorCode !== 0) throw new Error(`PLAIN is not offered: error ${errorCode}`)
  const authBytes = Buffer.from(`\0${user}\0${password}`)
  const answer = await client.send(saslAuthenticate, 2, { authBytes })
  if (answer.errorCode !== 0) throw new Error(`${user} is not let in: ${answer.errorMessage}`)
  return client
}
