import { JoinWindows, Stores } from '@streamwright/streams'
import type { KTable } from '@streamwright/streams'
import type { Inputs, TakeoverTopology, Turns } from './topology.ts'

const within = JoinWindows.ofTimeDifferenceAndGrace(5, 10)
const pair = (left: string | null, right: string | null): string => `${left}+${right}`

function versioned(inputs: Inputs, store: string): KTable<string, string> {
  const supplier = Stores.persistentVersionedKeyValueStore(store, { historyRetentionMs: 100 })
  return inputs.builder.table(inputs.topic('right'), { supplier })
}

/** Partners that come after a takeover, on each side; records without one, whose windows close after it. */
const ofStreams: Turns = [
  ['left a=l1 @1', 'right b=r1 @2', 'left c=l2 @3', 'right d=r2 @3'],
  ['right a=r3 @4', 'left b=l3 @5', 'left a=l4 @8', 'left e=l5 @12', 'right f=r6 @20'],
  ['right a=r4 @9', 'right e=r5 @14', 'left z=l6 @60', 'right z=r7 @70'],
]

/** Rows that were there before a takeover, one that was deleted, and one that came too late. */
const ofStreamAndTable: Turns = [
  ['right a=r1 @1', 'right b=r2 @2', 'left a=l1 @3', 'left c=l2 @4'],
  ['left a=l3 @5', 'right b=null @6', 'right c=r3 @7', 'left b=l4 @8'],
  ['left b=l5 @9', 'left c=l6 @10', 'left c=l7 @6', 'left z=l8 @40', 'left z=l9 @70'],
]

const globalRows: Turns = [['right u=r1 @1', 'right v=r2 @2'], ['right w=r3 @5', 'right v=null @5'], ['right u=r4 @8']]
const withGlobalTable: Turns = [
  ['left a=u @3', 'left b=w @4'],
  ['left a=u @6', 'left b=v @7'],
  ['left a=u @9', 'left b=v @10', 'left c=w @11'],
]

/** Joins of streams with streams, tables and global tables: `StreamJoins.java`. */
export const streamJoins: readonly TakeoverTopology[] = [
  {
    name: 'join-of-streams',
    build: (inputs) =>
      inputs.stream('left').join(inputs.stream('right'), pair, within, { storeName: 'join-of-streams' }),
    sends: ofStreams,
    finds: [[], ['a=l1+r3 @4', 'b=l3+r1 @5', 'a=l4+r3 @8'], ['a=l4+r4 @9', 'e=l5+r5 @14']],
  },
  {
    name: 'left-join-of-streams',
    build: (inputs) =>
      inputs.stream('left').leftJoin(inputs.stream('right'), pair, within, { storeName: 'left-join-of-streams' }),
    sends: ofStreams,
    finds: [[], ['a=l1+r3 @4', 'b=l3+r1 @5', 'a=l4+r3 @8', 'c=l2+null @3'], ['a=l4+r4 @9', 'e=l5+r5 @14']],
  },
  {
    name: 'outer-join-of-streams',
    build: (inputs) =>
      inputs.stream('left').outerJoin(inputs.stream('right'), pair, within, { storeName: 'outer-join-of-streams' }),
    sends: ofStreams,
    finds: [
      [],
      ['a=l1+r3 @4', 'b=l3+r1 @5', 'a=l4+r3 @8', 'd=null+r2 @3', 'c=l2+null @3'],
      ['a=l4+r4 @9', 'e=l5+r5 @14', 'f=null+r6 @20'],
    ],
  },
  {
    name: 'outer-join-in-memory',
    build(inputs) {
      const options = { storeName: 'outer-join-in-memory', storeType: 'memory' } as const
      return inputs.stream('left').outerJoin(inputs.stream('right'), pair, within, options)
    },
    sends: ofStreams,
    finds: [
      [],
      ['a=l1+r3 @4', 'b=l3+r1 @5', 'a=l4+r3 @8', 'd=null+r2 @3', 'c=l2+null @3'],
      ['a=l4+r4 @9', 'e=l5+r5 @14', 'f=null+r6 @20'],
    ],
  },
  {
    name: 'join-by-another-key',
    build: (inputs) =>
      inputs
        .stream('left')
        .selectKey((_key, value) => value.slice(0, 1))
        .leftJoin(inputs.stream('right'), pair, within, { storeName: 'join-by-another-key' }),
    sends: [
      ['left x=a1 @1', 'right b=r1 @2', 'left x=c1 @3'],
      ['right a=r2 @4', 'left x=b1 @5'],
      ['right b=r3 @9', 'left x=z1 @60', 'right z=r4 @70'],
    ],
    finds: [[], ['a=a1+r2 @4', 'b=b1+r1 @5'], ['b=b1+r3 @9', 'c=c1+null @3']],
  },
  {
    name: 'join-with-itself',
    build(inputs) {
      const stream = inputs.stream()
      return stream.join(stream, pair, within, { storeName: 'join-with-itself' })
    },
    sends: [
      ['a=u @1', 'b=v @2', 'a=w @4'],
      ['a=x @5', 'b=y @12'],
      ['a=z @9', 'b=t @13'],
    ],
    finds: [
      ['a=u+u @1', 'b=v+v @2', 'a=w+u @4', 'a=u+w @4', 'a=w+w @4'],
      ['a=x+u @5', 'a=x+w @5', 'a=u+x @5', 'a=w+x @5', 'a=x+x @5', 'b=y+y @12'],
      ['a=z+w @9', 'a=z+x @9', 'a=w+z @9', 'a=x+z @9', 'a=z+z @9', 'b=t+y @13', 'b=y+t @13', 'b=t+t @13'],
    ],
  },
  {
    name: 'join-with-table',
    build: (inputs) =>
      inputs.stream('left').join(inputs.builder.table(inputs.topic('right'), { store: 'join-with-table' }), pair),
    sends: ofStreamAndTable,
    finds: [['a=l1+r1 @3'], ['a=l3+r1 @5'], ['c=l6+r3 @10', 'c=l7+r3 @6']],
  },
  {
    name: 'left-join-with-table',
    build: (inputs) =>
      inputs
        .stream('left')
        .leftJoin(inputs.builder.table(inputs.topic('right'), { store: 'left-join-with-table' }), pair),
    sends: ofStreamAndTable,
    finds: [
      ['a=l1+r1 @3', 'c=l2+null @4'],
      ['a=l3+r1 @5', 'b=l4+null @8'],
      ['b=l5+null @9', 'c=l6+r3 @10', 'c=l7+r3 @6', 'z=l8+null @40', 'z=l9+null @70'],
    ],
  },
  {
    name: 'join-with-versioned-table',
    build: (inputs) => inputs.stream('left').join(versioned(inputs, 'join-with-versioned-table'), pair),
    sends: ofStreamAndTable,
    finds: [['a=l1+r1 @3'], ['a=l3+r1 @5'], ['c=l6+r3 @10']],
  },
  {
    name: 'left-join-with-grace',
    build(inputs) {
      const options = { name: 'waits-for-rows', graceMs: 10 }
      return inputs.stream('left').leftJoin(versioned(inputs, 'left-join-with-grace'), pair, options)
    },
    sends: [
      ['right a=r1 @1', 'right b=r2 @2', 'left a=l1 @3', 'left c=l2 @4'],
      ['right c=r3 @4', 'left b=l3 @5', 'left z=l4 @14'],
      ['left b=l5 @9', 'left y=l6 @40', 'left x=l7 @70'],
    ],
    // Java takes bytes of the wrong place of restored keys for the time of the stream: it keeps what waits for
    // ever, and lets nothing wait any more. Ours goes on with what Java has left.
    finds: [[], ['b=l3+r2 @5', 'z=l4+null @14'], ['b=l5+r2 @9', 'y=l6+null @40', 'x=l7+null @70']],
    findsUnlikeJava: {
      'ours-java-ours': [
        [],
        ['b=l3+r2 @5', 'z=l4+null @14'],
        ['a=l1+r1 @3', 'c=l2+r3 @4', 'b=l5+r2 @9', 'y=l6+null @40'],
      ],
      'java-ours-java': [[], ['a=l1+r1 @3', 'c=l2+r3 @4'], ['b=l5+r2 @9', 'y=l6+null @40', 'x=l7+null @70']],
    },
  },
  {
    name: 'join-with-global-table',
    build(inputs) {
      const rows = inputs.builder.globalTable(inputs.topic('right'), { store: 'global-rows' })
      return inputs.stream('left').join(rows, (_key, value) => value, pair)
    },
    before: globalRows,
    sends: withGlobalTable,
    finds: [['a=u+r1 @3'], ['a=u+r1 @6'], ['a=u+r4 @9', 'c=w+r3 @11']],
  },
  {
    name: 'left-join-with-global-table',
    build(inputs) {
      const rows = inputs.builder.globalTable(inputs.topic('right'), { store: 'global-rows-left' })
      return inputs.stream('left').leftJoin(rows, (_key, value) => value, pair)
    },
    before: globalRows,
    sends: withGlobalTable,
    finds: [
      ['a=u+r1 @3', 'b=w+null @4'],
      ['a=u+r1 @6', 'b=v+null @7'],
      ['a=u+r4 @9', 'b=v+null @10', 'c=w+r3 @11'],
    ],
  },
]
