import { Stores, Suppressed } from '@streamwright/streams'
import type { TakeoverTopology, Turns } from './topology.ts'

const counted: Turns = [['a=x @1', 'b=x @2', 'a=x @3'], ['a=x @4'], ['a=x @2', 'b=x @6']]

/** Aggregates of streams and tables, in key-value stores of each kind: `Aggregations.java`. */
export const aggregations: readonly TakeoverTopology[] = [
  {
    name: 'count',
    build: (inputs) => inputs.stream().groupByKey().count({ store: 'count' }).toStream().mapValues(String),
    sends: counted,
    finds: [['a=1 @1', 'b=1 @2', 'a=2 @3'], ['a=3 @4'], ['a=4 @4', 'b=2 @6']],
  },
  {
    name: 'count-in-memory',
    build: (inputs) =>
      inputs
        .stream()
        .groupByKey()
        .count({ supplier: Stores.inMemoryKeyValueStore('count-in-memory') })
        .toStream()
        .mapValues(String),
    sends: counted,
    finds: [['a=1 @1', 'b=1 @2', 'a=2 @3'], ['a=3 @4'], ['a=4 @4', 'b=2 @6']],
  },
  {
    name: 'count-in-plain-store',
    build: (inputs) =>
      inputs
        .stream()
        .groupByKey()
        .count({ supplier: Stores.persistentKeyValueStore('count-in-plain-store') })
        .toStream()
        .mapValues(String),
    sends: counted,
    finds: [['a=1 @1', 'b=1 @2', 'a=2 @3'], ['a=3 @4'], ['a=4 @2', 'b=2 @6']],
  },
  {
    name: 'count-in-store-with-headers',
    build: (inputs) =>
      inputs
        .stream()
        .groupByKey()
        .count({ supplier: Stores.persistentTimestampedKeyValueStoreWithHeaders('count-in-store-with-headers') })
        .toStream()
        .mapValues(String),
    sends: counted,
    finds: [['a=1 @1', 'b=1 @2', 'a=2 @3'], ['a=3 @4'], ['a=4 @4', 'b=2 @6']],
  },
  {
    name: 'count-in-versioned-store',
    build: (inputs) =>
      inputs
        .stream()
        .groupByKey()
        .count({
          supplier: Stores.persistentVersionedKeyValueStore('count-in-versioned-store', { historyRetentionMs: 1000 }),
        })
        .toStream()
        .mapValues(String),
    sends: counted,
    finds: [['a=1 @1', 'b=1 @2', 'a=2 @3'], ['a=3 @4'], ['a=4 @4', 'b=2 @6']],
  },
  {
    name: 'reduce-by-another-key',
    build: (inputs) =>
      inputs
        .stream()
        .groupBy((_key, value) => value.slice(0, 1), { name: 'by-letter' })
        .reduce((left, right) => left + right, { store: 'reduce-by-another-key' })
        .toStream(),
    sends: [['a=u1 @1', 'b=v1 @2'], ['b=u2 @3'], ['a=v2 @4', 'a=u3 @5']],
    finds: [['u=u1 @1', 'v=v1 @2'], ['u=u1u2 @3'], ['v=v1v2 @4', 'u=u1u2u3 @5']],
  },
  {
    name: 'aggregate-that-deletes',
    build: (inputs) =>
      inputs
        .stream()
        .groupByKey()
        .aggregate<string>(
          () => '',
          (_key, value, all) => (value === 'x' ? null : all + value),
          { store: 'aggregate-that-deletes' },
        )
        .toStream()
        .mapValues(String),
    sends: [
      ['a=u @1', 'b=u @1', 'c=u @1', 'c=x @2'],
      ['a=x @3', 'b=v @3', 'c=v @3'],
      ['a=w @4', 'b=w @4', 'c=w @4'],
    ],
    finds: [
      ['a=u @1', 'b=u @1', 'c=u @1', 'c=null @2'],
      ['a=null @3', 'b=uv @3', 'c=v @3'],
      ['a=w @4', 'b=uvw @4', 'c=vw @4'],
    ],
  },
  {
    name: 'cogroup',
    build: (inputs) =>
      inputs
        .stream('left')
        .groupByKey()
        .cogroup<string>((_key, value, all) => all + value)
        .cogroup(inputs.stream('right').groupByKey(), (_key, value, all) => value + all)
        .aggregate(() => '', { store: 'cogroup' })
        .toStream(),
    sends: [['left a=u @1', 'right a=v @2'], ['right a=w @3'], ['left a=x @4', 'right b=y @5']],
    finds: [['a=u @1', 'a=vu @2'], ['a=wvu @3'], ['a=wvux @4', 'b=y @5']],
  },
  {
    name: 'groups-of-a-table',
    build: (inputs) =>
      inputs.builder
        .table(inputs.name)
        .groupBy((key, value) => [value, key] as const, { name: 'by-value' })
        .aggregate<string>(
          () => '',
          (_value, key, keys) => keys + key,
          (_value, key, keys) => keys.replace(key, ''),
          { store: 'groups-of-a-table' },
        )
        .toStream(),
    sends: [['a=u @1', 'b=u @2', 'c=v @3'], ['a=v @4'], ['b=null @5', 'c=u @6']],
    finds: [
      ['u=a @1', 'u=ab @2', 'v=c @3'],
      ['u=b @4', 'v=ca @4'],
      ['u= @5', 'v=a @6', 'u=c @6'],
    ],
  },
  {
    name: 'table-of-a-stream',
    build: (inputs) =>
      inputs
        .stream()
        .toTable({ store: 'table-of-a-stream' })
        .filter((_key, value) => value !== 'x', { store: 'filtered-table' })
        .mapValues((value) => `${value}!`, { store: 'mapped-table' })
        .toStream()
        .mapValues(String),
    sends: [
      ['a=u @1', 'b=v @2', 'c=x @2'],
      ['a=x @3', 'd=x @3'],
      ['b=null @4', 'a=null @4', 'c=u @4'],
    ],
    finds: [['a=u! @1', 'b=v! @2'], ['a=null @3'], ['b=null @4', 'c=u! @4']],
  },
  {
    name: 'suppress-by-time',
    build: (inputs) =>
      inputs
        .stream()
        .groupByKey()
        .count({ store: 'suppress-by-time-count' })
        .suppress(Suppressed.untilTimeLimit(10, { name: 'suppress-by-time' }))
        .toStream()
        .mapValues(String),
    sends: [
      ['a=x @1', 'b=x @3', 'a=x @4'],
      ['a=x @6', 'b=x @12'],
      ['c=x @30', 'c=x @50'],
    ],
    finds: [[], ['a=3 @6'], ['b=2 @12', 'c=2 @50']],
  },
]
