import type { Environment } from '@streamwright/std'
import { asError, delay } from '@streamwright/std'
import type { Backoff } from '../connection/backoff.ts'
import { backoffMs } from '../connection/backoff.ts'
import type { BrokerAddress } from '../connection/broker-address.ts'
import { addressText } from '../connection/broker-address.ts'
import type { ConnectionOptions } from '../connection/connection.ts'
import { Connection } from '../connection/connection.ts'
import { rotatedLookup } from '../connection/host-names.ts'
import { clientChannels } from '../diagnostics.ts'
import { ClientClosedError, ConnectionError } from '../errors.ts'

/**
 * Which connection to a broker a request takes. A broker answers the requests of a connection in order, so a heartbeat
 * must not stand behind a fetch that waits for data: group membership has a connection of its own. And a commit must not
 * stand behind a member that waits for all others to join: that has one, too, which closes when it is idle.
 */
export type Lane = 'data' | 'group' | 'join'

export interface BrokerNodeOptions {
  readonly connection: Omit<ConnectionOptions, 'connectTimeoutMs'>
  readonly connectTimeout: Backoff
  readonly reconnect: Backoff
  /** Called when a connection could not be had, or was lost while it was in use. */
  readonly onTrouble: () => void
}

/** An address with its connections: opened when needed, once for all who ask, with a back-off after failures. */
export class BrokerNode {
  readonly address: BrokerAddress
  readonly #options: BrokerNodeOptions
  readonly #environment: Environment
  readonly #open = new Map<Lane, Connection>()
  readonly #opening = new Map<Lane, Promise<Connection>>()
  readonly #abort = new AbortController()
  #failures = 0
  #lastFailure: Error | undefined
  #retryAtMs = 0
  #throttled: Promise<void> | undefined
  #throttledUntilMs = 0

  constructor(address: BrokerAddress, options: BrokerNodeOptions, environment: Environment) {
    this.address = address
    this.#options = options
    this.#environment = environment
  }

  get isConnected(): boolean {
    return this.#open.size > 0
  }

  get hasFailed(): boolean {
    return this.#failures > 0
  }

  /** Why the last attempt to connect failed; undefined if it did not. */
  get lastFailure(): Error | undefined {
    return this.#lastFailure
  }

  /** What can be said of an attempt that has not come to an end. */
  get silence(): Error {
    const address = addressText(this.address)
    return new ConnectionError(
      `The broker at ${address} has not answered yet. Is it Kafka that listens there, and is security.protocol right?`,
      { address, code: 'CONNECTION_FAILED' },
    )
  }

  /** When the next attempt to connect may begin, in monotonic time. */
  get retryAtMs(): number {
    return this.#retryAtMs
  }

  get pendingRequests(): number {
    let count = this.#opening.size
    for (const connection of this.#open.values()) count += connection.pendingRequests
    return count
  }

  /** The connection of a lane, if there is one. */
  openConnection(lane: Lane): Connection | undefined {
    const open = this.#open.get(lane)
    return open?.isOpen === true ? open : undefined
  }

  /** The connection of a lane, opened if need be, after a back-off if the last attempt failed. */
  connection(lane: Lane): Promise<Connection> {
    const open = this.openConnection(lane)
    if (open !== undefined) return Promise.resolve(open)
    const opening = this.#opening.get(lane)
    if (opening !== undefined) return opening
    const started = this.#connect(lane).finally(() => this.#opening.delete(lane))
    this.#opening.set(lane, started)
    return started
  }

  /** Resolves when the broker may be asked again after it has asked for a pause. */
  throttled(): Promise<void> | undefined {
    return this.#throttled
  }

  /** The broker has asked for a pause (KIP-219): it would not read requests before that. */
  throttle(durationMs: number): void {
    if (durationMs <= 0) return
    const untilMs = this.#environment.clock.monotonicMs() + durationMs
    this.#throttledUntilMs = Math.max(this.#throttledUntilMs, untilMs)
    this.#throttled ??= this.#pause()
  }

  /** A later answer may have asked for more. */
  async #pause(): Promise<void> {
    const { clock, timers } = this.#environment
    for (;;) {
      const leftMs = this.#throttledUntilMs - clock.monotonicMs()
      if (leftMs <= 0 || this.#abort.signal.aborted) break
      // One pause after the other.
      // oxlint-disable-next-line no-await-in-loop
      await delay(timers, leftMs, this.#abort.signal).catch(() => undefined)
    }
    this.#throttled = undefined
  }

  close(reason: Error): void {
    this.#abort.abort(reason)
    for (const connection of this.#open.values()) connection.close(reason)
    this.#open.clear()
  }

  async #connect(lane: Lane): Promise<Connection> {
    const { clock, timers, random } = this.#environment
    const { connection: options, connectTimeout, reconnect, onTrouble } = this.#options
    const signal = this.#abort.signal
    const waitMs = this.#retryAtMs - clock.monotonicMs()
    if (waitMs > 0) await delay(timers, waitMs, signal)
    signal.throwIfAborted()
    const connectTimeoutMs = backoffMs(connectTimeout, this.#failures + 1, random)
    const lookup = rotatedLookup(this.#failures, options.lookup)
    const startMs = clock.monotonicMs()
    const tell = (error?: Error): void => {
      if (!clientChannels.connect.hasSubscribers) return
      const durationMs = clock.monotonicMs() - startMs
      const { clientId } = options
      clientChannels.connect.publish({ clientId, address: addressText(this.address), durationMs, error })
    }
    try {
      const connection = await Connection.open(
        this.address,
        { ...options, connectTimeoutMs, lookup },
        this.#environment,
      )
      if (signal.aborted) {
        connection.close(asError(signal.reason))
        throw asError(signal.reason)
      }
      tell()
      this.#failures = 0
      this.#lastFailure = undefined
      this.#retryAtMs = 0
      this.#open.set(lane, connection)
      void connection.closed.then((reason) => this.#lost(lane, connection, reason))
      return connection
    } catch (error) {
      this.#failures += 1
      this.#lastFailure = asError(error)
      tell(this.#lastFailure)
      this.#retryAtMs = clock.monotonicMs() + backoffMs(reconnect, this.#failures, random)
      if (!signal.aborted) onTrouble()
      throw error
    }
  }

  #lost(lane: Lane, connection: Connection, reason: Error): void {
    if (this.#open.get(lane) === connection) this.#open.delete(lane)
    if (this.#abort.signal.aborted || reason instanceof ClientClosedError) return
    const { clock, random, log } = this.#environment
    log.debug('Connection lost', { broker: addressText(this.address), reason: reason.message })
    this.#retryAtMs = clock.monotonicMs() + backoffMs(this.#options.reconnect, 1, random)
    if (!(reason instanceof ConnectionError && reason.code === 'CONNECTION_IDLE')) this.#options.onTrouble()
  }
}
