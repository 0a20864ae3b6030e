import { ErrorCode } from '@streamwright/protocol'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import { brokerConfigs } from './broker-configs.ts'
import { listOf, whyInvalid } from './config-definition.ts'

/** Numbers of threads: Kafka lets them change by no more than the double or the half at once. */
const threadCounts: ReadonlySet<string> = new Set([
  'background.threads',
  'log.cleaner.threads',
  'num.io.threads',
  'num.network.threads',
  'num.recovery.threads.per.data.dir',
  'num.replica.fetchers',
])

/** What belongs to one broker, so that there is no value for all of them. */
const perBroker: ReadonlySet<string> = new Set([
  'cordoned.log.dirs',
  'listener.security.protocol.map',
  'listeners',
  'principal.builder.class',
])

/** Why a broker, or all of them (no name), cannot get these configurations instead of the current ones. */
export function brokerConfigsRefusal(
  services: BrokerServices,
  name: string,
  current: ReadonlyMap<string, string>,
  configs: ReadonlyMap<string, string>,
): Refusal | undefined {
  const names = [...configs.keys()]
  return (
    minInSyncReplicasRefusal(services, name, current, configs) ??
    namesRefusal(
      'Cannot update these configs dynamically',
      names,
      (each) => brokerConfigs.get(each)?.isDynamic === false,
    ) ??
    namesRefusal(
      'These security configs can be dynamically updated only per-listener using the listener prefix',
      names,
      isOfListeners,
    ) ??
    (name === ''
      ? namesRefusal(
          'Cannot update these configs at default cluster level, broker id must be specified',
          names,
          (each) => perBroker.has(each),
        )
      : undefined) ??
    valuesRefusal(services, configs)
  )
}

function refused(errorMessage: string): Refusal {
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
}

function namesRefusal(what: string, names: readonly string[], isWrong: (name: string) => boolean): Refusal | undefined {
  const wrong = names.filter(isWrong)
  return wrong.length === 0 ? undefined : refused(`${what}: [${wrong.toReversed().join(', ')}]`)
}

/** `ssl.keystore.location` is changed as `listener.name.internal.ssl.keystore.location`. */
function isOfListeners(name: string): boolean {
  return name.startsWith('ssl.') && brokerConfigs.get(name)?.isDynamic === true
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

function valuesRefusal(services: BrokerServices, configs: ReadonlyMap<string, string>): Refusal | undefined {
  for (const [name, value] of configs) {
    const definition = brokerConfigs.get(name)
    // Kafka takes names that it does not know, for the sake of plug-ins.
    if (definition === undefined) continue
    const problem =
      whyInvalid(definition, value) ??
      threadCountProblem(services, name, Number(value)) ??
      cordonProblem(services, name, value)
    if (problem !== undefined) return refused(problem)
  }
  return undefined
}

function threadCountProblem({ configs }: BrokerServices, name: string, value: number): string | undefined {
  if (!threadCounts.has(name)) return undefined
  const current = Number(configs.brokerValue(name))
  if (value === current) return undefined
  const problem = (why: string): string =>
    `Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for ${name}=${value}, ${why} for configuration Invalid dynamic configuration`
  if (value <= 0) return problem('value should be at least 1')
  if (value < current / 2) return problem(`value should be at least half the current value ${current}`)
  return value > current * 2
    ? problem(`value should not be greater than double the current value ${current}`)
    : undefined
}

function cordonProblem({ logs }: BrokerServices, name: string, value: string): string | undefined {
  if (name !== 'cordoned.log.dirs') return undefined
  const unknown = listOf(value).filter((directory) => directory !== '*' && directory !== logs.path)
  return unknown.length === 0
    ? undefined
    : `requirement failed: All entries in cordoned.log.dirs must be present in log.dirs or log.dir. Missing entries : ${unknown.join(', ')}`
}
