import { ErrorCode, javaStringHash } from '@streamwright/protocol'
import { presizedHashOrder, stringsInHashOrder } from '../groups/consumer/java-order.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import { brokerValuesProblem } from './broker-config-checks.ts'
import { listenerConfigName } from './broker-config-names.ts'
import { brokerConfigs } from './broker-configs.ts'
import type { ConfigDefinition } from './config-definition.ts'
import { whyInvalid } from './config-definition.ts'

/** What a listener has for itself and may be set for all brokers. */
const ofListenersOfAllBrokers: ReadonlySet<string> = new Set([
  'max.connections',
  'max.connection.creation.rate',
  'num.network.threads',
])

/** Why a broker, or all of them (no name), cannot get these configurations instead of the current ones. */
export function brokerConfigsRefusal(
  services: BrokerServices,
  name: string,
  current: ReadonlyMap<string, string>,
  configs: ReadonlyMap<string, string>,
): Refusal | undefined {
  const names = [...configs.keys()]
  const problem =
    namesProblem('Cannot update these configs dynamically', names, isReadOnly) ??
    namesProblem(
      'These security configs can be dynamically updated only per-listener using the listener prefix',
      names,
      (each) => brokerConfigs.get(each)?.dynamic === 'per-listener',
    ) ??
    valueProblem(configs) ??
    (name === ''
      ? namesProblem(
          'Cannot update these configs at default cluster level, broker id must be specified',
          names,
          isOfOneBroker,
        )
      : undefined) ??
    togetherProblem(services, name, configs)
  if (problem !== undefined) return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: problem }
  return minInSyncReplicasRefusal(services, name, current, configs)
}

/** In the order in which Java's sets give them. */
function namesProblem(what: string, names: readonly string[], isWrong: (name: string) => boolean): string | undefined {
  const wrong = names.filter(isWrong)
  return wrong.length === 0 ? undefined : `${what}: [${presizedHashOrder(wrong, javaStringHash).join(', ')}]`
}

function isReadOnly(name: string): boolean {
  return brokerConfigs.get(name)?.dynamic === 'read-only'
}

function isOfOneBroker(name: string): boolean {
  const base = listenerConfigName(name)?.base
  if (base !== undefined) return !ofListenersOfAllBrokers.has(base)
  return brokerConfigs.get(name)?.dynamic === 'per-broker'
}

/** Kafka has these only while it runs: they are in no configuration file, and nothing is copied here. */
const replicationQuotas: ReadonlyMap<string, ConfigDefinition> = new Map(
  [
    'leader.replication.throttled.rate',
    'follower.replication.throttled.rate',
    'replica.alter.log.dirs.io.max.bytes.per.second',
  ].map((name) => [
    name,
    {
      name,
      type: 'long',
      default: null,
      limits: '0..',
      isDynamic: true,
      isSensitive: false,
      isHidden: true,
      synonyms: [],
    },
  ]),
)

/** Kafka takes names that it does not know, for the sake of plug-ins. */
function valueProblem(configs: ReadonlyMap<string, string>): string | undefined {
  // Kafka looks at one value of each name, whichever listener it is for: the last in the order of its map.
  const values = new Map(
    stringsInHashOrder(configs.keys()).map((name) => [listenerConfigName(name)?.base ?? name, configs.get(name) ?? '']),
  )
  for (const [base, value] of values) {
    // What cannot change is refused as such, or (under a listener) of no interest.
    if (isReadOnly(base)) continue
    const definition = brokerConfigs.get(base) ?? replicationQuotas.get(base)
    const problem =
      base === 'listeners' && value.trim() === ''
        ? "Configuration 'listeners' must not be empty. Valid values include: any non-empty value"
        : definition && whyInvalid(definition, value)
    if (problem !== undefined) return problem
  }
  return undefined
}

function togetherProblem(
  { configs: store, dynamicConfigs, logs }: BrokerServices,
  name: string,
  configs: ReadonlyMap<string, string>,
): string | undefined {
  const [now, next] = [store.brokerLayers, store.brokerLayersWith(name, configs)]
  return (
    brokerValuesProblem({
      now: (each) => now.value(each),
      next: (each) => next.value(each),
      listeners: dynamicConfigs.listenerNames,
      logDirectory: logs.path,
    }) ?? dynamicConfigs.problemOf(next)
  )
}

/** While the set of eligible leaders is kept (it is from the start), this one has a value for all brokers. */
function minInSyncReplicasRefusal(
  services: BrokerServices,
  name: string,
  current: ReadonlyMap<string, string>,
  configs: ReadonlyMap<string, string>,
): Refusal | undefined {
  const key = 'min.insync.replicas'
  if (services.features.level('eligible.leader.replicas.version') === 0) return undefined
  const refusal = (errorMessage: string): Refusal => ({ errorCode: ErrorCode.INVALID_CONFIG, errorMessage })
  if (name !== '' && configs.has(key)) {
    return refusal('Broker-level min.insync.replicas cannot be altered while ELR is enabled.')
  }
  return name === '' && current.has(key) && !configs.has(key)
    ? refusal('Cluster-level min.insync.replicas cannot be removed while ELR is enabled.')
    : undefined
}
