import type { ConfigDefinition, ConfigType } from './config-definition.ts'

/**
 * Name, type, default, limits, and for what the broker has a default of its own `group.` is put before the name.
 * Then the broker's settings between which a value must be.
 */
type GroupConfigRow = readonly [string, ConfigType, string, string, boolean, (readonly [string | undefined, string])?]

// Apache Kafka 4.3's configurations of groups.
// oxfmt-ignore
const rows: readonly GroupConfigRow[] = [
  ['consumer.assignment.interval.ms', 'int', '1000', '0..', true, between('consumer', 'assignment.interval.ms')],
  ['consumer.heartbeat.interval.ms', 'int', '5000', '1..', true, between('consumer', 'heartbeat.interval.ms')],
  ['consumer.session.timeout.ms', 'int', '45000', '1..', true, between('consumer', 'session.timeout.ms')],
  ['share.assignment.interval.ms', 'int', '1000', '0..', true, between('share', 'assignment.interval.ms')],
  ['share.auto.offset.reset', 'string', 'latest', '@auto.offset.reset', false],
  ['share.delivery.count.limit', 'int', '5', '2..', true, between('share', 'delivery.count.limit')],
  ['share.heartbeat.interval.ms', 'int', '5000', '1..', true, between('share', 'heartbeat.interval.ms')],
  ['share.isolation.level', 'string', 'read_uncommitted', '=read_committed,read_uncommitted', false],
  ['share.partition.max.record.locks', 'int', '2000', '100..', true, between('share', 'partition.max.record.locks')],
  ['share.record.lock.duration.ms', 'int', '30000', '1000..', true, between('share', 'record.lock.duration.ms')],
  ['share.renew.acknowledge.enable', 'boolean', 'true', '', false],
  ['share.session.timeout.ms', 'int', '45000', '1..', true, between('share', 'session.timeout.ms')],
  ['streams.assignment.interval.ms', 'int', '1000', '0..', true, between('streams', 'assignment.interval.ms')],
  ['streams.heartbeat.interval.ms', 'int', '5000', '1..', true, between('streams', 'heartbeat.interval.ms')],
  ['streams.initial.rebalance.delay.ms', 'int', '3000', '0..', true],
  ['streams.num.standby.replicas', 'int', '0', '0..', true, [undefined, 'group.streams.max.standby.replicas']],
  ['streams.session.timeout.ms', 'int', '45000', '1..', true, between('streams', 'session.timeout.ms')],
]

function between(type: string, name: string): readonly [string, string] {
  return [`group.${type}.min.${name}`, `group.${type}.max.${name}`]
}

/** The settings of the broker that bound the value of a group's. */
export interface GroupConfigBounds {
  readonly low: string | undefined
  readonly high: string | undefined
}

export const groupConfigBounds: ReadonlyMap<string, GroupConfigBounds> = new Map(
  rows.map(([name, , , , , bounds]) => [name, { low: bounds?.[0], high: bounds?.[1] }]),
)

/** Every configuration that a group has, by name. */
export const groupConfigs: ReadonlyMap<string, ConfigDefinition> = new Map(
  rows.map(([name, type, value, limits, hasBrokerDefault]) => [
    name,
    {
      name,
      type,
      default: value,
      limits,
      isDynamic: true,
      isSensitive: false,
      isHidden: false,
      synonyms: hasBrokerDefault ? [{ name: `group.${name}`, factor: 1 }] : [],
    },
  ]),
)
