import type { BrokerConfigDefinition } from './broker-configs.ts'
import { brokerConfigs } from './broker-configs.ts'

/** What is given once for several settings: the first name goes before the second, and so on. */
const synonymGroups: readonly (readonly string[])[] = [
  ['log.roll.ms', 'log.roll.hours'],
  ['log.roll.jitter.ms', 'log.roll.jitter.hours'],
  ['log.flush.interval.ms', 'log.flush.scheduler.interval.ms'],
  ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'],
]

const groupsByName: ReadonlyMap<string, readonly string[]> = new Map(
  synonymGroups.flatMap((group) =>
    group.filter((name) => name !== 'log.flush.scheduler.interval.ms').map((name) => [name, group] as const),
  ),
)

/** Settings that a listener has for each SASL mechanism: `listener.name.internal.plain.sasl.jaas.config`. */
const mechanismConfigs: readonly string[] = [
  'sasl.jaas.config',
  'sasl.login.callback.handler.class',
  'sasl.login.class',
  'sasl.server.callback.handler.class',
  'connections.max.reauth.ms',
]

/** A setting of one listener. */
export interface ListenerConfigName {
  /** As it stands in the name: in lower case, if it is meant to be found. */
  readonly listener: string
  /** What is left: `ssl.key.password`, or `plain.sasl.jaas.config`. */
  readonly base: string
}

/** Takes `listener.name.internal.ssl.key.password` apart; undefined: the setting is of no listener. */
export function listenerConfigName(name: string): ListenerConfigName | undefined {
  const match = /^listener\.name\.([^.]*)\.(.*)$/.exec(name)
  return match === null ? undefined : { listener: match[1] ?? '', base: match[2] ?? '' }
}

/** All names under which a value for `name` may have been given, the one that goes before the others first. */
export function brokerConfigSynonyms(name: string): readonly string[] {
  const ofListener = listenerConfigName(name)
  if (ofListener === undefined) return groupsByName.get(name) ?? [name]
  const { base } = ofListener
  return [name, mechanismConfigs.find((each) => base.endsWith(each)) ?? base]
}

/** What is known of a setting, also of one that has a listener's name before it. */
export function brokerConfigDefinition(name: string): BrokerConfigDefinition | undefined {
  for (const synonym of [name, ...brokerConfigSynonyms(name)]) {
    const definition = brokerConfigs.get(synonym)
    if (definition !== undefined) return definition
  }
  return undefined
}
