import type { ReusableMemory } from '@streamwright/std'
import type { Environment } from '@streamwright/std'
import type { BrokerAddress } from '../connection/broker-address.ts'
import { addressText, parseBootstrapServers } from '../connection/broker-address.ts'
import { canonicalAddresses } from '../connection/host-names.ts'
import { saslCredentials } from '../connection/sasl/credentials.ts'
import { tlsOptions } from '../connection/tls-options.ts'
import { ConnectionError } from '../errors.ts'
import type { ClientSettings } from '../settings/client-settings.ts'
import type { BrokerNodeOptions } from './broker-node.ts'
import { BrokerNode } from './broker-node.ts'
import type { BrokerMetadata } from './topic-metadata.ts'

/** All addresses that the client talks to: those of bootstrap.servers, and those of the brokers that they named. */
export class BrokerPool {
  readonly #environment: Environment
  readonly #options: BrokerNodeOptions
  readonly #rebootstraps: boolean
  #bootstrap: readonly BrokerAddress[]
  /** Names in it are to be replaced by canonical ones. */
  #isUnresolved: boolean
  #resolving: Promise<void> | undefined
  readonly #nodes = new Map<string, BrokerNode>()
  #brokers = new Map<number, BrokerAddress>()

  /** Throws `ConfigurationError` for addresses and certificates that cannot be used. */
  constructor(settings: ClientSettings, environment: Environment, memory: ReusableMemory, onTrouble: () => void) {
    this.#environment = environment
    this.#bootstrap = parseBootstrapServers(settings.bootstrapServers)
    this.#isUnresolved = settings.clientDnsLookup === 'resolve_canonical_bootstrap_servers_only'
    this.#rebootstraps = settings.metadataRecoveryStrategy === 'rebootstrap'
    this.#options = {
      connection: {
        clientId: settings.clientId,
        requestTimeoutMs: settings.requestTimeoutMs,
        maxIdleMs: settings.connectionsMaxIdleMs,
        tls: tlsOptions(settings),
        credentials: saslCredentials(settings),
        connect: settings.connect,
        memory,
      },
      connectTimeout: {
        initialMs: settings.socketConnectionSetupTimeoutMs,
        maxMs: settings.socketConnectionSetupTimeoutMaxMs,
      },
      reconnect: { initialMs: settings.reconnectBackoffMs, maxMs: settings.reconnectBackoffMaxMs },
      onTrouble,
    }
  }

  /** What has to be awaited before {@link any} is asked; undefined: nothing. Rejects with `ConnectionError`. */
  resolved(): Promise<void> | undefined {
    if (!this.#isUnresolved) return undefined
    this.#resolving ??= this.#resolve().finally(() => (this.#resolving = undefined))
    return this.#resolving
  }

  async #resolve(): Promise<void> {
    this.#bootstrap = (await Promise.all(this.#bootstrap.map(canonicalAddresses))).flat()
    this.#isUnresolved = false
  }

  /** The broker with this id, or undefined while no one has named it. */
  broker(id: number): BrokerNode | undefined {
    const address = this.#brokers.get(id)
    return address === undefined ? undefined : this.#node(address)
  }

  /** Takes over what the cluster says about its brokers. Connections to addresses that are gone are closed. */
  update(brokers: readonly BrokerMetadata[]): void {
    if (brokers.length === 0) return
    this.#brokers = new Map(brokers.map(({ id, host, port }) => [id, { host, port }]))
    const known = new Set(brokers.map(addressText))
    for (const [text, node] of this.#nodes) {
      const isIdleBootstrap = node.pendingRequests === 0 || !this.#isBootstrap(text)
      if (known.has(text) || !isIdleBootstrap) continue
      this.#nodes.delete(text)
      node.close(new ConnectionError(`The broker at ${text} is not part of the cluster any more`, { address: text }))
    }
  }

  /** Forgets all brokers: those of bootstrap.servers will be asked again. */
  rebootstrap(): void {
    this.#brokers = new Map()
  }

  /**
   * A broker for a request that any can answer: a connected one with little to do; else one that may be tried now; else
   * the one that may be tried first. When all known brokers fail, those of bootstrap.servers are among them again.
   */
  any(): BrokerNode {
    const nowMs = this.#environment.clock.monotonicMs()
    const nodes = this.#candidates()
    const connected = nodes.filter((node) => node.isConnected && node.throttled() === undefined)
    const least = Math.min(...connected.map((node) => node.pendingRequests))
    const ready = nodes.filter((node) => node.retryAtMs <= nowMs)
    const soonest = Math.min(...nodes.map((node) => node.retryAtMs))
    const best =
      connected.length > 0
        ? connected.filter((node) => node.pendingRequests === least)
        : ready.length > 0
          ? ready
          : nodes.filter((node) => node.retryAtMs === soonest)
    return best[this.#environment.random.below(best.length)] as BrokerNode
  }

  /** Why brokers cannot be reached, if none can. */
  get lastFailure(): Error | undefined {
    const nodes = [...this.#nodes.values()]
    if (nodes.some((node) => node.isConnected)) return undefined
    const failed = nodes.find((node) => node.hasFailed)
    return failed?.lastFailure ?? nodes.find((node) => node.pendingRequests > 0)?.silence
  }

  close(reason: Error): void {
    for (const node of this.#nodes.values()) node.close(reason)
    this.#nodes.clear()
  }

  #candidates(): BrokerNode[] {
    const known = [...this.#brokers.values()].map((address) => this.#node(address))
    const allFail = known.every((node) => node.hasFailed)
    if (known.length > 0 && !(allFail && this.#rebootstraps)) return known
    return [...new Set([...known, ...this.#bootstrap.map((address) => this.#node(address))])]
  }

  #node(address: BrokerAddress): BrokerNode {
    const text = addressText(address)
    let node = this.#nodes.get(text)
    if (node === undefined) {
      node = new BrokerNode(address, this.#options, this.#environment)
      this.#nodes.set(text, node)
    }
    return node
  }

  #isBootstrap(text: string): boolean {
    return this.#bootstrap.some((address) => addressText(address) === text)
  }
}
