import { Stores } from '@streamwright/streams'
import type { KStream, KTable } from '@streamwright/streams'
import type { Inputs, TakeoverTopology, Turns } from './topology.ts'

const pair = (left: string | null, right: string | null): string => `${left}+${right}`
/** The key of the other table is the first letter of the value. */
const foreignKey = (value: string): string => value.slice(0, 1)

function table(inputs: Inputs, side: string): KTable<string, string> {
  return inputs.builder.table(inputs.topic(side), { store: inputs.topic(side) })
}

function versioned(inputs: Inputs, side: string): KTable<string, string> {
  const supplier = Stores.persistentVersionedKeyValueStore(inputs.topic(side), { historyRetentionMs: 100 })
  return inputs.builder.table(inputs.topic(side), { supplier })
}

function told(rows: KTable<string, string>): KStream<string, string> {
  return rows.toStream().mapValues(String)
}

/** Rows that were there before a takeover, found from each side; one that was deleted; a late one. */
const byKey: Turns = [
  ['left a=l1 @1', 'right b=r1 @2', 'left c=l2 @3', 'right c=r2 @4'],
  ['right a=r3 @5', 'left b=l3 @6', 'left c=null @7'],
  ['left c=l4 @8', 'right b=null @9', 'left a=l5 @2'],
]

/** Rows that refer to one that comes, changes or goes after a takeover, and rows that come to refer to another. */
const byForeignKey: Turns = [
  ['left a=u1 @1', 'right v=r1 @2', 'left b=v2 @3', 'left c=u3 @4'],
  ['right u=r2 @5', 'left b=u4 @6', 'left d=v5 @7'],
  ['right u=r3 @8', 'left a=null @9', 'right v=null @10', 'left c=v6 @11', 'right u=r4 @3'],
]

/** Subscriptions and answers go to partitions that have nothing to do with where they come from. */
const acrossPartitions = { left: 2, right: 3 }

/** Joins of tables by their keys and by foreign keys: `TableJoins.java`. */
export const tableJoins: readonly TakeoverTopology[] = [
  {
    name: 'join-of-tables',
    build: (inputs) => told(table(inputs, 'left').join(table(inputs, 'right'), pair, { store: 'join-of-tables' })),
    sends: byKey,
    finds: [['c=l2+r2 @4'], ['a=l1+r3 @5', 'b=l3+r1 @6', 'c=null @7'], ['c=l4+r2 @8', 'b=null @9', 'a=l5+r3 @5']],
  },
  {
    name: 'left-join-of-tables',
    build: (inputs) => told(table(inputs, 'left').leftJoin(table(inputs, 'right'), pair)),
    sends: byKey,
    finds: [
      ['a=l1+null @1', 'c=l2+null @3', 'c=l2+r2 @4'],
      ['a=l1+r3 @5', 'b=l3+r1 @6', 'c=null @7'],
      ['c=l4+r2 @8', 'b=l3+null @9', 'a=l5+r3 @5'],
    ],
  },
  {
    name: 'outer-join-of-tables',
    build: (inputs) =>
      told(table(inputs, 'left').outerJoin(table(inputs, 'right'), pair, { store: 'outer-join-of-tables' })),
    sends: byKey,
    finds: [
      ['a=l1+null @1', 'b=null+r1 @2', 'c=l2+null @3', 'c=l2+r2 @4'],
      ['a=l1+r3 @5', 'b=l3+r1 @6', 'c=null+r2 @7'],
      ['c=l4+r2 @8', 'b=l3+null @9', 'a=l5+r3 @5'],
    ],
  },
  {
    name: 'join-of-versioned-tables',
    build: (inputs) => told(versioned(inputs, 'left').join(versioned(inputs, 'right'), pair)),
    sends: byKey,
    finds: [['c=l2+r2 @4'], ['a=l1+r3 @5', 'b=l3+r1 @6', 'c=null @7'], ['c=l4+r2 @8', 'b=null @9', 'a=l5+r3 @5']],
  },
  {
    name: 'foreign-key-join',
    build(inputs) {
      const options = { name: 'foreign-key', store: 'foreign-key-join' }
      return told(table(inputs, 'left').join(table(inputs, 'right'), foreignKey, pair, options))
    },
    partitions: acrossPartitions,
    sends: byForeignKey,
    finds: [
      ['b=v2+r1 @3'],
      ['a=u1+r2 @5', 'c=u3+r2 @5', 'b=u4+r2 @6', 'd=v5+r1 @7'],
      ['a=u1+r3 @8', 'b=u4+r3 @8', 'c=u3+r3 @8', 'a=null @9', 'd=null @10', 'c=null @11', 'b=u4+r4 @3'],
    ],
  },
  {
    name: 'foreign-key-left-join',
    build(inputs) {
      const options = { name: 'foreign-key-left', store: 'foreign-key-left-join' }
      return told(table(inputs, 'left').leftJoin(table(inputs, 'right'), foreignKey, pair, options))
    },
    partitions: acrossPartitions,
    sends: byForeignKey,
    finds: [
      ['a=u1+null @1', 'b=v2+r1 @3', 'c=u3+null @4'],
      ['a=u1+r2 @5', 'c=u3+r2 @5', 'b=u4+r2 @6', 'd=v5+r1 @7'],
      ['a=u1+r3 @8', 'b=u4+r3 @8', 'c=u3+r3 @8', 'a=null @9', 'd=v5+null @10', 'c=v6+null @11', 'b=u4+r4 @3'],
    ],
  },
  {
    name: 'foreign-key-join-of-versioned-tables',
    build(inputs) {
      const options = { name: 'foreign-key-versioned' }
      return told(versioned(inputs, 'left').join(versioned(inputs, 'right'), foreignKey, pair, options))
    },
    partitions: acrossPartitions,
    sends: byForeignKey,
    finds: [
      ['b=v2+r1 @3'],
      ['a=u1+r2 @5', 'c=u3+r2 @5', 'b=u4+r2 @6', 'd=v5+r1 @7'],
      ['a=u1+r3 @8', 'b=u4+r3 @8', 'c=u3+r3 @8', 'a=null @9', 'd=null @10', 'c=null @11'],
    ],
  },
]
