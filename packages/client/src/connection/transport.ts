import type { FrameReceiver } from '@streamwright/protocol'
import type { LookupFunction } from 'node:net'
import { connect as connectTcp } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions as TlsOptions } from 'node:tls'
import { connect as connectTls } from 'node:tls'
import type { BrokerAddress } from './broker-address.ts'

/** Makes a transport in place of a TCP socket, such as one to a broker in this process. */
export type Connect = (host: string, port: number) => Duplex

/** What a connection hears of its transport. */
export interface TransportEvents {
  /** Ready to be written to. */
  opened(): void
  /** The bytes were no frames. The transport is still open. */
  malformed(error: unknown): void
  /** Called once, last. */
  closed(error: Error | undefined): void
}

export interface TransportOptions {
  readonly connect?: Connect | undefined
  /** PEM texts and the like, for TLS; without it the connection is in plain text. */
  readonly tls?: TlsOptions | undefined
  /** Resolves names. Default: the system. */
  readonly lookup?: LookupFunction | undefined
}

/** Opens a transport whose bytes go to `receiver`. Failures come through `events`, never as an exception. */
export function openTransport(
  address: BrokerAddress,
  options: TransportOptions,
  receiver: FrameReceiver,
  events: TransportEvents,
): Duplex {
  const { host, port } = address
  if (options.connect !== undefined) return listen(options.connect(host, port), undefined, receiver, events)
  const names = options.lookup === undefined ? {} : { lookup: options.lookup }
  if (options.tls !== undefined) {
    // An address is no server name: the check of the certificate then goes by the address.
    const serverName = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
    const socket = connectTls({ ...serverName, ...options.tls, ...names, host, port })
    socket.setNoDelay(true)
    return listen(socket, 'secureConnect', receiver, events)
  }
  const socket = connectTcp({
    ...names,
    host,
    port,
    noDelay: true,
    keepAlive: true,
    onread: {
      buffer: () => receiver.nextBuffer(),
      callback: (length) => {
        receive(() => receiver.received(length), events)
        return true
      },
    },
  })
  return listen(socket, 'connect', undefined, events)
}

function listen(
  duplex: Duplex,
  openEvent: 'connect' | 'secureConnect' | undefined,
  receiver: FrameReceiver | undefined,
  events: TransportEvents,
): Duplex {
  let failure: Error | undefined
  if (openEvent === undefined) queueMicrotask(() => events.opened())
  else duplex.once(openEvent, () => events.opened())
  if (receiver !== undefined) {
    duplex.on('data', (chunk: Buffer) => receive(() => receiver.push(chunk), events))
  }
  duplex.on('error', (error) => {
    failure = error
  })
  // A broker that half-closes has said its last word.
  duplex.on('end', () => duplex.destroy())
  duplex.on('close', () => events.closed(failure))
  return duplex
}

function receive(take: () => void, events: TransportEvents): void {
  try {
    take()
  } catch (error) {
    events.malformed(error)
  }
}
