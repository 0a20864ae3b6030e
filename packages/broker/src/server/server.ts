import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Environment, Timer } from '@streamwright/std'
import { assert, deferred, ReusableMemory } from '@streamwright/std'
import type { Endpoint } from '../handlers/handler.ts'
import {
  closeGraceMs,
  connectionMemoryBytesMax,
  idleCheckIntervalMs,
  receivedMemoryLimits,
  throttledConnectionsMax,
} from '../limits.ts'
import type { BrokerLayers } from '../config/broker-layers.ts'
import type { ConnectionRates } from '../quotas/connection-rates.ts'
import type { ListenerSecurity } from '../security/listener-security.ts'
import type { KafkaPrincipal } from '../security/principal.ts'
import type { TlsAcceptor } from '../security/tls-acceptor.ts'
import type { BrokerSettings } from '../settings.ts'
import type { ConnectionOptions, FrameHandler } from './connection.ts'
import { Connection } from './connection.ts'
import { ConnectionLimits } from './connection-limits.ts'
import { ConnectionMemory } from './connection-memory.ts'
import { inProcessPair } from './in-process.ts'
import type { ListenerPlan } from './listener-plan.ts'
import { TcpListener } from './tcp-listener.ts'

export interface ServerOptions {
  readonly environment: Environment
  readonly settings: BrokerSettings
  readonly frameHandler: FrameHandler
  readonly connectionRates: ConnectionRates
  /** Takes the memory of responses that have gone to the network. */
  readonly sentMemory: ReusableMemory
}

/** What is listened on, and what is asked of those who come; undefined: nothing. */
export interface SecuredPlan {
  readonly plan: ListenerPlan
  readonly security: ListenerSecurity | undefined
}

/** What the server has to tell of itself. */
export interface ServerFigures {
  readonly connections: number
  /** Since the start, both. */
  readonly acceptedConnections: number
  readonly refusedConnections: number
  /** By all connections; see {@link ConnectionMemory}. */
  readonly heldBytes: number
  readonly limitBytes: number
}

/** How a connection comes to be. */
interface Origin extends Pick<
  ConnectionOptions,
  'clientHost' | 'advertised' | 'isForControllers' | 'sentMemory' | 'authenticate'
> {
  /** In lower case. */
  readonly listener: string
}

/** Stands for the listener of connections that come through none. */
const insideProcess = ''

/** Accepts connections, from the network and from this process, and keeps count of them. */
export class Server {
  readonly #options: ServerOptions
  readonly #receivedMemory = new ReusableMemory(receivedMemoryLimits)
  readonly #listeners: TcpListener[] = []
  readonly #connections = new Set<Connection>()
  /** Sockets that TLS is not agreed on yet. */
  readonly #handshakes = new Set<Socket>()
  readonly #limits: ConnectionLimits
  /** Sockets above a rate, which wait. */
  readonly #waiting = new Map<Socket, Timer>()
  readonly #refused = new Map<Socket, Timer>()
  readonly #memory: ConnectionMemory
  #idleTimer: Timer | undefined
  #drained: (() => void) | undefined
  #isClosing = false
  #acceptedConnections = 0
  #refusedConnections = 0

  constructor(options: ServerOptions) {
    this.#options = options
    const { queuedMaxRequestBytes } = options.settings
    const limitBytes = queuedMaxRequestBytes > 0 ? queuedMaxRequestBytes : connectionMemoryBytesMax
    this.#memory = new ConnectionMemory(limitBytes, () => this.#closeLargest())
    this.#limits = new ConnectionLimits(options.connectionRates.windows, options.environment.clock)
  }

  /** Throws `AddressInUseError` or `ListenError`, and then listens nowhere. */
  async listen(plans: readonly SecuredPlan[]): Promise<void> {
    const { environment, settings } = this.#options
    try {
      for (const { plan, security } of plans) {
        // An address must be known to be free before the next one is taken.
        // oxlint-disable-next-line no-await-in-loop
        const listener = await TcpListener.open(
          plan,
          (socket) => this.#acceptInTime(socket, plan, security),
          environment.log,
        )
        this.#listeners.push(listener)
      }
    } catch (error) {
      for (const listener of this.#listeners) listener.stop()
      throw error
    }
    if (settings.connectionsMaxIdleMs >= 0) {
      const check = (): void => this.#closeIdle()
      this.#idleTimer = environment.timers.every(idleCheckIntervalMs, check, { background: true })
    }
  }

  /** Holds listeners to other numbers of connections. */
  reconfigure(values: BrokerLayers, listeners: readonly string[]): void {
    this.#limits.reconfigure(values, listeners)
  }

  get listeners(): readonly TcpListener[] {
    return this.#listeners
  }

  get figures(): ServerFigures {
    return {
      connections: this.#connections.size,
      acceptedConnections: this.#acceptedConnections,
      refusedConnections: this.#refusedConnections,
      heldBytes: this.#memory.heldBytes,
      limitBytes: this.#memory.limitBytes,
    }
  }

  /** A connection inside the process. */
  connect(advertised: Endpoint, principal: KafkaPrincipal): Duplex {
    assert(!this.#isClosing, 'A broker takes connections until it is closed')
    const { client, server } = inProcessPair()
    // What is sent within the process is read where it lies.
    const connection = this.#accept(server, {
      clientHost: '/127.0.0.1',
      advertised,
      isForControllers: false,
      sentMemory: undefined,
      listener: insideProcess,
    })
    if (connection !== undefined) connection.principal = principal
    return client
  }

  /** Stops accepting and starting; waits a moment for what is under way, then cuts. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#idleTimer?.cancel()
    for (const listener of this.#listeners) listener.stop()
    for (const socket of [...this.#refused.keys(), ...this.#waiting.keys(), ...this.#handshakes]) socket.destroy()
    if (this.#connections.size === 0) return
    const drained = deferred()
    this.#drained = drained.resolve
    const timer = this.#options.environment.timers.after(closeGraceMs, drained.resolve)
    for (const connection of this.#connections) connection.closeGracefully()
    await drained.promise
    timer.cancel()
    for (const connection of this.#connections) connection.destroy()
  }

  /** Lets a socket wait for its turn when there are more than there may be in a second; nothing is read meanwhile. */
  #acceptInTime(socket: Socket, plan: ListenerPlan, security: ListenerSecurity | undefined): void {
    const waitMs = this.#limits.waitMs(plan.name.toLowerCase())
    if (waitMs <= 0) return this.#acceptSocket(socket, plan, security)
    if (this.#waiting.size >= throttledConnectionsMax) return this.#turnAway(socket, socket.remoteAddress ?? '')
    const forget = (): void => {
      this.#waiting.get(socket)?.cancel()
      this.#waiting.delete(socket)
    }
    const accept = (): void => {
      forget()
      socket.off('close', forget)
      socket.off('error', ignore)
      this.#acceptSocket(socket, plan, security)
    }
    socket.on('close', forget)
    socket.on('error', ignore)
    this.#waiting.set(socket, this.#options.environment.timers.after(waitMs, accept, { background: true }))
  }

  #acceptSocket(socket: Socket, plan: ListenerPlan, security: ListenerSecurity | undefined): void {
    const address = socket.remoteAddress
    if (address === undefined) return void socket.destroy()
    const clientHost = `/${address.replace(/^::ffff:/, '')}`
    const throttleMs = this.#options.connectionRates.connected(clientHost)
    if (throttleMs > 0) return this.#refuse(socket, clientHost, throttleMs)
    const listener = this.#listeners.find((candidate) => candidate.plan === plan)
    const port = plan.advertisedPort ?? listener?.port ?? socket.localPort ?? plan.port
    const origin = {
      clientHost,
      advertised: { host: plan.advertisedHost, port },
      isForControllers: plan.isForControllers,
      sentMemory: this.#options.sentMemory,
      authenticate: security?.authenticate,
      listener: plan.name.toLowerCase(),
    }
    if (security?.tls === undefined) this.#accept(socket, origin)
    else this.#secure(socket, origin, security.tls)
  }

  /** A handshake under way counts as a connection. */
  #secure(socket: Socket, origin: Origin, tls: TlsAcceptor): void {
    const { clientHost, listener } = origin
    if (!this.#hasRoomFor(origin)) return this.#turnAway(socket, clientHost)
    this.#limits.add(listener, clientHost, 1)
    this.#handshakes.add(socket)
    const over = (): void => {
      if (this.#handshakes.delete(socket)) this.#limits.add(listener, clientHost, -1)
    }
    socket.on('close', over)
    tls.accept(socket, (secured) => {
      over()
      if (this.#isClosing) return void secured.socket.destroy()
      const connection = this.#accept(secured.socket, origin)
      if (connection !== undefined) connection.principal = secured.principal
    })
  }

  /** A client that is cut off at once would come back at once. */
  #refuse(socket: Socket, clientHost: string, delayMs: number): void {
    const { environment } = this.#options
    environment.log.warn('An address connects more often than it may: a new connection is closed', {
      client: clientHost,
    })
    this.#refusedConnections += 1
    socket.on('error', () => {})
    if (this.#refused.size >= throttledConnectionsMax) return void socket.destroy()
    const close = (): void => void socket.destroy()
    this.#refused.set(socket, environment.timers.after(delayMs, close, { background: true }))
    socket.on('close', () => {
      this.#refused.get(socket)?.cancel()
      this.#refused.delete(socket)
    })
  }

  #accept(stream: Duplex, origin: Origin): Connection | undefined {
    const { clientHost, listener } = origin
    const { environment, settings, frameHandler } = this.#options
    if (!this.#hasRoomFor(origin)) {
      this.#turnAway(stream, clientHost)
      return undefined
    }
    this.#limits.add(listener, clientHost, 1)
    const connection = new Connection({
      ...origin,
      stream,
      requestBytesMax: settings.socketRequestMaxBytes,
      clock: environment.clock,
      timers: environment.timers,
      log: environment.log,
      frameHandler,
      receivedMemory: this.#receivedMemory,
      memory: this.#memory,
      onClosed: (closed) => this.#forget(closed, listener),
    })
    this.#connections.add(connection)
    this.#acceptedConnections += 1
    return connection
  }

  #forget(connection: Connection, listener: string): void {
    if (!this.#connections.delete(connection)) return
    this.#limits.add(listener, connection.clientHost, -1)
    if (this.#connections.size === 0) this.#drained?.()
  }

  #hasRoomFor({ listener, clientHost }: Origin): boolean {
    return this.#limits.hasRoom(listener, clientHost, this.#connections.size + this.#handshakes.size)
  }

  #turnAway(stream: Duplex, client: string): void {
    this.#refusedConnections += 1
    const message = 'Too many connections: a new one is closed; see max.connections and max.connections.per.ip'
    this.#options.environment.log.warn(message, { client })
    stream.on('error', () => {})
    stream.destroy()
  }

  /** All connections together hold too much. */
  #closeLargest(): void {
    let largest: Connection | undefined
    for (const each of this.#connections) if (each.heldBytes > (largest?.heldBytes ?? 0)) largest = each
    if (largest === undefined) return
    const { heldBytes, clientHost } = largest
    this.#options.environment.log.warn(
      'Connections hold more memory than they may together: the one that holds most is closed; see queued.max.request.bytes',
      { client: clientHost, heldBytes, allHeldBytes: this.#memory.heldBytes },
    )
    largest.destroy()
  }

  #closeIdle(): void {
    const moment = this.#options.environment.clock.monotonicMs() - this.#options.settings.connectionsMaxIdleMs
    for (const connection of this.#connections) if (connection.isIdleSince(moment)) connection.destroy()
  }
}

function ignore(): void {}
