import type { Environment } from '@streamwright/std'
import type { ConfigStore } from './config/config-store.ts'
import type { DynamicBrokerConfigs } from './config/dynamic-broker-configs.ts'
import type { BrokerLoggers } from './config/broker-loggers.ts'
import type { FeatureControl } from './features/feature-control.ts'
import type { FetchSessions } from './fetch/fetch-sessions.ts'
import type { ParkedRequests } from './fetch/parked-requests.ts'
import type { GroupCoordinator } from './groups/group-coordinator.ts'
import type { LogDirectory } from './log/log-directory.ts'
import type { MetadataLog } from './metadata/metadata-log.ts'
import type { BrokerMetrics } from './metrics/broker-metrics.ts'
import type { ProducerIds } from './metadata/producer-ids.ts'
import type { Topics } from './metadata/topics.ts'
import type { ClientQuotas } from './quotas/client-quotas.ts'
import type { Authorizer } from './security/authorizer.ts'
import type { DelegationTokens } from './security/delegation-tokens.ts'
import type { BrokerSettings } from './settings.ts'
import type { TransactionCoordinator } from './transactions/transaction-coordinator.ts'

/** What handlers work with. */
export interface BrokerServices {
  readonly environment: Environment
  readonly settings: BrokerSettings
  readonly nodeId: number
  readonly clusterId: string
  readonly metadata: MetadataLog
  readonly topics: Topics
  readonly logs: LogDirectory
  readonly configs: ConfigStore
  readonly dynamicConfigs: DynamicBrokerConfigs
  readonly tokens: DelegationTokens
  readonly features: FeatureControl
  readonly loggers: BrokerLoggers
  readonly producerIds: ProducerIds
  readonly fetchSessions: FetchSessions
  readonly parkedRequests: ParkedRequests
  readonly quotas: ClientQuotas
  /** `undefined`: nobody asks for metrics, and nothing is counted. */
  readonly metrics: BrokerMetrics | undefined
  /** `undefined`: everybody may do everything. */
  readonly authorizer: Authorizer | undefined
  /** Where the controller, which is this broker, can be reached besides. */
  controllerListeners(): readonly ControllerListener[]
  /** The group coordinator; its code and its state are loaded at the first call. */
  groups(): Promise<GroupCoordinator>
  /** The same for transactions. */
  transactions(): Promise<TransactionCoordinator>
  /** When it is there already: for those who must not wait. `undefined`: there has been no transaction yet. */
  loadedTransactions(): TransactionCoordinator | undefined
}

/** A listener for those who ask for a controller. */
export interface ControllerListener {
  readonly name: string
  readonly host: string
  readonly port: number
}
