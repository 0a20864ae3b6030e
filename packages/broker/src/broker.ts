import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Environment } from '@streamwright/std'
import { ConfigurationError, asError, assert, int32Max, systemEnvironment } from '@streamwright/std'
import { BrokerLoggers } from './config/broker-loggers.ts'
import { ConfigStore } from './config/config-store.ts'
import type { Reconfigurable } from './config/dynamic-broker-configs.ts'
import { DynamicBrokerConfigs } from './config/dynamic-broker-configs.ts'
import { FeatureControl } from './features/feature-control.ts'
import { FetchSessions } from './fetch/fetch-sessions.ts'
import { ParkedRequests } from './fetch/parked-requests.ts'
import type { GroupCoordinator } from './groups/group-coordinator.ts'
import { formatAddress } from './errors.ts'
import type { Endpoint } from './handlers/handler.ts'
import { preloadedKeys } from './handlers/registry.ts'
import type { LogDirectorySettings } from './log/directory-settings.ts'
import { LogDirectory } from './log/log-directory.ts'
import { MemoryStorage } from './log/memory-storage.ts'
import { NodeStorage } from './log/node-storage.ts'
import type { Storage } from './log/storage.ts'
import { MetadataLog } from './metadata/metadata-log.ts'
import type { BrokerMetrics } from './metrics/broker-metrics.ts'
import { Health } from './metrics/health.ts'
import type { MetricsEndpoint } from './metrics/metrics-endpoint.ts'
import { ProducerIds } from './metadata/producer-ids.ts'
import { reconcile } from './metadata/reconcile.ts'
import { offsetsTopicName, transactionsTopicName } from './metadata/topic-creation.ts'
import { Topics } from './metadata/topics.ts'
import { Dispatcher } from './server/dispatcher.ts'
import type { Interceptor } from './server/interceptors.ts'
import { Interceptors } from './server/interceptors.ts'
import type { ListenerPlan } from './server/listener-plan.ts'
import { planListeners, warnOfOpenListeners } from './server/listener-plan.ts'
import { Server } from './server/server.ts'
import type { Authorizer } from './security/authorizer.ts'
import { ConnectionRates } from './quotas/connection-rates.ts'
import { ClientQuotas } from './quotas/client-quotas.ts'
import { anonymous, principalOf } from './security/principal.ts'
import { DelegationTokens } from './security/delegation-tokens.ts'
import type { AuthenticationOptions } from './security/sasl/mechanisms.ts'
import type { SecuredPlan } from './server/server.ts'
import type { BrokerServices, ControllerListener } from './services.ts'
import type { BrokerSettings, GivenSettings } from './settings.ts'
import { readBrokerSettings } from './settings.ts'
import type { TransactionCoordinator } from './transactions/transaction-coordinator.ts'

export interface BrokerOptions {
  /** The address to listen on. Default: `listeners` of the settings, else both loopbacks. */
  readonly host?: string
  /** The port to listen on; 0 picks a free one. Default: `listeners` of the settings, else 9092. */
  readonly port?: number
  /** `false`: only {@link Broker.connect} reaches the broker. Default true. */
  readonly listen?: boolean
  /** Where data is kept. Default: `log.dirs` of the settings. Not with `inMemory` or `temporary`. */
  readonly dataDirectory?: string
  /** Keep everything in memory: gone when the broker is closed. */
  readonly inMemory?: boolean
  /** Keep data in a directory of its own under the system's temporary directory, removed when the broker is closed. */
  readonly temporary?: boolean
  /** Files by another way than Node's: with `dataDirectory`, which is then a path in it. */
  readonly storage?: Storage
  /** Users that clients may authenticate as, beside what the settings say. */
  readonly authentication?: AuthenticationOptions
  /** Kafka's `server.properties`, names dotted or in camelCase. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Clock, timers, randomness and log. Default: the system's. */
  readonly environment?: Environment
}

/** A running broker. */
export interface Broker {
  /** The port that clients connect to; 0 when it does not listen. */
  readonly port: number
  /** What is listened on, `127.0.0.1:9092`. */
  readonly addresses: readonly string[]
  /** What to give clients as `bootstrap.servers`. */
  readonly bootstrapServers: string
  /** The port of metrics and health; undefined when `metrics.port` says that there is none. */
  readonly metricsPort: number | undefined
  readonly clusterId: string
  readonly nodeId: number
  /** Where data is kept; a made-up path for a broker in memory. */
  readonly dataDirectory: string
  /** A connection without a socket: the client's end of it. It speaks for `user`, or for nobody in particular. */
  connect(user?: string): Duplex
  /** Looks at requests of one API, or decides on them, until the returned function is called. For tests. */
  intercept(apiKey: number, interceptor: Interceptor): () => void
  /** Answers what is under way, writes what is not on the disk, and lets go of everything. Within a second. */
  close(): Promise<void>
}

/**
 * Starts a broker; it takes requests when the promise resolves. Throws `ConfigurationError`, `AddressInUseError`,
 * `ListenError`, or what is wrong with the data directory.
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const environment = options.environment ?? systemEnvironment
  const given = await readBrokerSettings(options.settings ?? {}, environment.log)
  const place = placeOf(options, given)
  const plans = options.listen === false ? [] : planListeners(options, given.settings)
  const health = new Health()
  try {
    const endpoint = await openEndpoint(given.settings, environment, health)
    const state = await openState(place, given, environment).catch(async (error: unknown) => {
      await endpoint?.close()
      throw error
    })
    const broker = new RunningBroker({ state, place, health, endpoint }, options)
    try {
      await broker.start(await securedPlans(plans, options, given, state))
      return broker
    } catch (error) {
      await broker.close()
      throw error
    }
  } catch (error) {
    place.remove()
    throw error
  }
}

/** Before all that may take its time; its code is loaded only where somebody asks. */
async function openEndpoint(
  settings: BrokerSettings,
  environment: Environment,
  health: Health,
): Promise<MetricsEndpoint | undefined> {
  if (settings.metricsPort < 0) return undefined
  const { MetricsEndpoint: Endpoint } = await import('./metrics/metrics-endpoint.ts')
  return Endpoint.open({ settings, environment, health })
}

/** The code of security is loaded only where there is some. */
async function securedPlans(
  plans: readonly ListenerPlan[],
  { authentication = {} }: BrokerOptions,
  { given: startedWith }: GivenSettings,
  { metadata, environment, configs, tokens }: BrokerState,
): Promise<SecuredPlan[]> {
  if (authentication.scram !== undefined) {
    const { addScramUsers } = await import('./security/scram-credentials.ts')
    await addScramUsers(metadata, authentication.scram)
  }
  warnOfOpenListeners(plans, environment.log)
  if (plans.every(({ securityProtocol }) => securityProtocol === 'PLAINTEXT')) {
    return plans.map((plan) => ({ plan, security: undefined }))
  }
  const { listenerSecurity } = await import('./security/listener-security.ts')
  // What was changed in a former life of the broker counts from the start.
  const given = { ...startedWith, ...configs.brokerLayers.changed() }
  const { clock, log } = environment
  const sources = { options: authentication, startedWith, given, metadata, tokens, clock, log }
  return plans.map((plan) => ({ plan, security: listenerSecurity(plan, sources, environment) }))
}

/** Where a broker keeps its data. */
interface Place {
  readonly path: string
  readonly storage: Storage
  remove(): void
}

function placeOf(options: BrokerOptions, given: GivenSettings): Place {
  const asked = [options.dataDirectory !== undefined, options.inMemory === true, options.temporary === true]
  if (asked.filter(Boolean).length > 1) {
    throw new ConfigurationError('Give one of dataDirectory, inMemory and temporary: they exclude each other')
  }
  if (options.inMemory === true) return { path: '/streamwright', storage: new MemoryStorage(), remove: () => {} }
  if (options.temporary === true) {
    const path = mkdtempSync(join(tmpdir(), 'streamwright-broker-'))
    return { path, storage: new NodeStorage(), remove: () => rmSync(path, { recursive: true, force: true }) }
  }
  const path = options.dataDirectory ?? directoryOf(given)
  return { path: resolve(path), storage: options.storage ?? new NodeStorage(), remove: () => {} }
}

function directoryOf({ settings }: GivenSettings): string {
  const directory = settings.logDirs ?? settings.logDir
  if (directory === null) {
    throw new ConfigurationError(
      'No data directory: give dataDirectory or log.dirs, or inMemory for a broker that forgets',
    )
  }
  if (directory.includes(',')) {
    throw new ConfigurationError(`log.dirs names several directories (${directory}): this broker keeps its data in one`)
  }
  return directory
}

/** Everything that is opened before requests are taken, and closed after. */
type BrokerState = Omit<BrokerServices, 'groups' | 'transactions' | 'loadedTransactions' | 'controllerListeners'>

async function openState(place: Place, given: GivenSettings, environment: Environment): Promise<BrokerState> {
  const metadata = MetadataLog.read(place.storage, join(place.path, 'metadata.log'), environment)
  const texts = new Map([
    ['group.initial.rebalance.delay.ms', String(given.settings.groupInitialRebalanceDelayMs)],
    ['process.roles', 'broker,controller'],
    ...given.texts,
    ['log.dirs', place.path],
    ['node.id', String(given.settings.nodeId)],
    ['broker.id', String(given.settings.nodeId)],
  ])
  const configs = new ConfigStore(metadata.state, given.settings.nodeId, texts)
  const dynamicConfigs = new DynamicBrokerConfigs(given.settings, configs)
  const { settings } = dynamicConfigs
  const logs = await LogDirectory.open({
    path: place.path,
    storage: place.storage,
    environment,
    nodeId: settings.nodeId,
    settingsOf: (topic) => configs.logSettings(topic),
    ...logDirectorySettings(settings),
    producerIdExpirationCheckIntervalMs: settings.producerIdExpirationCheckIntervalMs,
    retentionCheckIntervalMs: Math.min(settings.logRetentionCheckIntervalMs, int32Max),
    checkpointIntervalMs: settings.logFlushOffsetCheckpointIntervalMs,
  })
  try {
    metadata.openForWriting()
    await reconcile(metadata, logs, place.storage, environment)
  } catch (error) {
    await logs.close()
    throw error
  }
  const topics = new Topics(metadata, configs, logs, environment)
  dynamicConfigs.add({
    reconfigure() {
      logs.reconfigure(logDirectorySettings(settings))
      topics.updateAllSettings()
    },
  })
  return {
    environment,
    settings,
    dynamicConfigs,
    nodeId: settings.nodeId,
    clusterId: logs.clusterId,
    metadata,
    logs,
    configs,
    tokens: new DelegationTokens(metadata, settings, environment),
    features: new FeatureControl(metadata, settings.nodeId),
    loggers: new BrokerLoggers(environment.log),
    topics,
    producerIds: new ProducerIds(metadata),
    fetchSessions: new FetchSessions(settings.maxIncrementalFetchSessionCacheSlots, environment),
    parkedRequests: new ParkedRequests(),
    quotas: new ClientQuotas(metadata, settings, environment.clock),
    authorizer: await authorizerOf(metadata, settings, environment),
    metrics: await metricsOf(settings, environment),
  }
}

function logDirectorySettings(settings: BrokerSettings): LogDirectorySettings {
  return {
    producerIdExpirationMs: settings.producerIdExpirationMs,
    cleanerBackoffMs: settings.logCleanerEnable ? Math.min(settings.logCleanerBackoffMs, int32Max) : Infinity,
    cleanerMapBytesMax: settings.logCleanerDedupeBufferSize,
    cleanerBytesPerSecondMax: settings.logCleanerIoMaxBytesPerSecond,
  }
}

/** Its code is loaded only where there is one. */
async function authorizerOf(
  metadata: MetadataLog,
  settings: BrokerSettings,
  environment: Environment,
): Promise<Authorizer | undefined> {
  if (settings.authorizerClassName === '') return undefined
  const { Authorizer: Standard } = await import('./security/authorizer.ts')
  return new Standard(metadata, settings, environment.log)
}

/** The same. */
async function metricsOf(settings: BrokerSettings, { clock }: Environment): Promise<BrokerMetrics | undefined> {
  if (settings.metricsPort < 0) return undefined
  const { BrokerMetrics: Metrics } = await import('./metrics/broker-metrics.ts')
  return new Metrics(clock)
}

async function closeState(state: BrokerState): Promise<void> {
  state.tokens.close()
  try {
    await state.metadata.close()
  } finally {
    await state.logs.close()
  }
}

/** What is open when a broker begins to run. */
interface OpenedParts {
  readonly state: BrokerState
  readonly place: Place
  readonly health: Health
  readonly endpoint: MetricsEndpoint | undefined
}

class RunningBroker implements Broker {
  readonly #state: BrokerState
  readonly #place: Place
  readonly #options: BrokerOptions
  readonly #interceptors = new Interceptors()
  readonly #dispatcher: Dispatcher
  readonly #server: Server
  #groups: Promise<GroupCoordinator> | undefined
  #transactions: Promise<TransactionCoordinator> | undefined
  #loadedTransactions: TransactionCoordinator | undefined
  #loadedGroups: GroupCoordinator | undefined
  readonly #health: Health
  readonly #metricsEndpoint: MetricsEndpoint | undefined
  #closed: Promise<void> | undefined

  constructor({ state, place, health, endpoint }: OpenedParts, options: BrokerOptions) {
    this.#state = state
    this.#place = place
    this.#options = options
    this.#health = health
    health.logs = state.logs
    this.#metricsEndpoint = endpoint
    const { environment, settings } = state
    const services: BrokerServices = {
      ...state,
      groups: () => this.#loadGroups(services),
      transactions: () => this.#loadTransactions(services),
      loadedTransactions: () => this.#loadedTransactions,
      controllerListeners: () => this.#controllerListeners(),
    }
    this.#dispatcher = new Dispatcher(services, this.#interceptors)
    const { metadata, quotas } = state
    const connectionRates = new ConnectionRates(metadata.state, quotas.windows, environment.clock)
    const { metrics } = state
    if (metrics !== undefined) state.topics.onDeletion(({ name }) => metrics.topics.forget(name))
    quotas.onChange(() => connectionRates.readLimits())
    this.#server = new Server({
      environment,
      settings,
      connectionRates,
      frameHandler: this.#dispatcher,
      sentMemory: state.logs.readMemory,
    })
    if (metrics !== undefined) {
      endpoint?.tell({
        metrics,
        services: state,
        server: () => this.#server.figures,
        groups: () => this.#loadedGroups,
        transactions: () => this.#loadedTransactions,
      })
    }
    if (state.topics.get(offsetsTopicName) !== undefined) void services.groups().catch(() => {})
    if (state.topics.get(transactionsTopicName) !== undefined) void services.transactions().catch(() => {})
  }

  async start(plans: readonly SecuredPlan[]): Promise<void> {
    await Promise.all([this.#dispatcher.preload(preloadedKeys), this.#groups, this.#transactions])
    this.#holdListeners(plans)
    await this.#server.listen(plans)
    this.#noteAddresses()
    this.#health.stage = 'running'
    this.#state.environment.log.info('The broker takes requests', { addresses: this.addresses.join(',') })
    // What comes next in every conversation; nobody waits for it.
    void this.#dispatcher.preload([0, 1]).catch(() => {})
  }

  /** Listeners are held to their configurations, from the start and after each change. */
  #holdListeners(plans: readonly SecuredPlan[]): void {
    const { configs, dynamicConfigs } = this.#state
    dynamicConfigs.listenerNames = plans.map(({ plan }) => plan.name)
    const server: Reconfigurable = {
      reconfigure: (values) => this.#server.reconfigure(values, dynamicConfigs.listenerNames),
    }
    server.reconfigure(configs.brokerLayers, false)
    dynamicConfigs.add(server)
    for (const { security } of plans) if (security?.reload !== undefined) dynamicConfigs.add(security.reload)
  }

  get metricsPort(): number | undefined {
    return this.#metricsEndpoint?.port
  }

  get port(): number {
    return this.#server.listeners[0]?.port ?? 0
  }

  get addresses(): readonly string[] {
    return this.#server.listeners.flatMap((listener) => listener.addresses)
  }

  get bootstrapServers(): string {
    const { host, port } = this.#advertised
    return formatAddress(host, port)
  }

  get clusterId(): string {
    return this.#state.clusterId
  }

  get nodeId(): number {
    return this.#state.nodeId
  }

  get dataDirectory(): string {
    return this.#place.path
  }

  connect(user?: string): Duplex {
    assert(this.#closed === undefined, 'A broker is connected to before it is closed')
    return this.#server.connect(this.#advertised, user === undefined ? anonymous : principalOf('User', user))
  }

  intercept(apiKey: number, interceptor: Interceptor): () => void {
    return this.#interceptors.add(apiKey, interceptor)
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    this.#health.stage = 'closing'
    const [groups, transactions] = await Promise.all([
      this.#groups?.catch(() => undefined),
      this.#transactions?.catch(() => undefined),
    ])
    groups?.close()
    transactions?.close()
    this.#state.parkedRequests.releaseAll()
    await this.#server.close()
    try {
      await closeState(this.#state)
    } finally {
      // Last: whoever asks meanwhile is told that the broker is closing.
      await this.#metricsEndpoint?.close()
    }
    this.#place.remove()
  }

  get #advertised(): Endpoint {
    const listener = this.#server.listeners[0]
    if (listener === undefined) return { host: '127.0.0.1', port: this.#options.port ?? 9092 }
    return { host: listener.plan.advertisedHost, port: listener.plan.advertisedPort ?? listener.port }
  }

  async #createGroups(services: BrokerServices): Promise<GroupCoordinator> {
    const { GroupCoordinator: Coordinator } = await import('./groups/group-coordinator.ts')
    this.#loadedGroups = Coordinator.load(services)
    return this.#loadedGroups
  }

  /** For clients that read a broker's configuration to find out where it is. */
  #noteAddresses(): void {
    const { listeners } = this.#server
    if (listeners.length === 0) return
    const { configs } = this.#state
    const own = listeners.map(({ plan, port }) => `${plan.name}://${formatAddress(plan.hosts[0] ?? '', port)}`)
    const clientListeners = listeners.filter(({ plan }) => !plan.isForControllers)
    const told = clientListeners.map(
      ({ plan, port }) => `${plan.name}://${formatAddress(plan.advertisedHost, plan.advertisedPort ?? port)}`,
    )
    configs.note('listeners', own.join(','))
    configs.note('advertised.listeners', told.join(','))
  }

  #controllerListeners(): readonly ControllerListener[] {
    return this.#server.listeners
      .filter(({ plan }) => plan.isForControllers)
      .map(({ plan, port }) => ({ name: plan.name, host: plan.advertisedHost, port: plan.advertisedPort ?? port }))
  }

  #noteFailure<Coordinator>(name: string, loading: Promise<Coordinator>): Promise<Coordinator> {
    loading.catch((error: unknown) => this.#health.coordinatorFailed(name, asError(error)))
    return loading
  }

  #loadGroups(services: BrokerServices): Promise<GroupCoordinator> {
    this.#groups ??= this.#noteFailure('groups', this.#createGroups(services))
    return this.#groups
  }
  async #createTransactions(services: BrokerServices): Promise<TransactionCoordinator> {
    const { TransactionCoordinator: Coordinator } = await import('./transactions/transaction-coordinator.ts')
    this.#loadedTransactions = await Coordinator.load(services)
    return this.#loadedTransactions
  }

  #loadTransactions(services: BrokerServices): Promise<TransactionCoordinator> {
    this.#transactions ??= this.#noteFailure('transactions', this.#createTransactions(services))
    return this.#transactions
  }
}
