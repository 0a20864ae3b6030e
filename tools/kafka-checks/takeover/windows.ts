import {
  SessionWindows,
  SlidingWindows,
  Stores,
  Suppressed,
  TimeWindows,
  UnlimitedWindows,
} from '@streamwright/streams'
import type { CogroupedKStream, KGroupedStream, KStream, KTable, Windowed } from '@streamwright/streams'
import { windowText } from './topology.ts'
import type { Inputs, TakeoverTopology, Turns } from './topology.ts'

const tumbling = TimeWindows.ofSizeAndGrace(10, 5)
const sliding = SlidingWindows.ofTimeDifferenceAndGrace(5, 100)
const sessions = SessionWindows.ofInactivityGapAndGrace(5, 10)
const storeOptions = { retentionMs: 20, windowSizeMs: 10 }

const noText = (): string => ''
const append = (_key: string, value: string, all: string): string => all + value
const concatenate = (_key: string, left: string, right: string): string => left + right

function grouped(inputs: Inputs): KGroupedStream<string, string> {
  return inputs.stream().groupByKey()
}

function cogrouped(inputs: Inputs): CogroupedKStream<string, string> {
  const right = inputs.stream('right').groupByKey()
  return inputs
    .stream('left')
    .groupByKey()
    .cogroup<string>(append)
    .cogroup(right, (_key, value, all) => value + all)
}

function told(table: KTable<Windowed<string>, unknown>): KStream<string, string> {
  return table.toStream(windowText).mapValues(String)
}

/** Two windows, one of them closed by the second program; a late record for the one that is open. */
const inWindows: Turns = [
  ['a=u @1', 'a=v @3', 'b=w @8'],
  ['a=x @12', 'a=y @5', 'b=p @15'],
  ['a=z @16', 'b=t @18', 'a=s @31', 'b=r @50'],
]

/** Sessions that are prolonged, united and closed by programs that have not begun them. */
const inSessions: Turns = [
  ['a=u @1', 'a=v @3', 'b=w @9', 'a=x @11'],
  ['a=y @7', 'b=z @13', 'b=q @30'],
  ['b=t @34', 'a=s @60', 'b=r @90'],
]

const cogroupedInWindows: Turns = [
  ['left a=u @1', 'right a=v @3'],
  ['left a=w @5', 'right a=x @12'],
  ['right a=y @8', 'left a=z @16'],
]

/** Aggregates in windows and sessions, told at once, when the window closes, or held back until then: `Windows.java`. */
export const windows: readonly TakeoverTopology[] = [
  {
    name: 'windows',
    build: (inputs) => told(grouped(inputs).windowedBy(tumbling).aggregate(noText, append, { store: 'windows' })),
    sends: inWindows,
    finds: [
      ['a@0-10=u @1', 'a@0-10=uv @3', 'b@0-10=w @8'],
      ['a@10-20=x @12', 'a@0-10=uvy @5', 'b@10-20=p @15'],
      ['a@10-20=xz @16', 'b@10-20=pt @18', 'a@30-40=s @31', 'b@50-60=r @50'],
    ],
  },
  {
    name: 'windows-that-overlap',
    build: (inputs) => told(grouped(inputs).windowedBy(tumbling.advanceBy(5)).count({ store: 'windows-that-overlap' })),
    sends: inWindows,
    finds: [
      ['a@59995-5=1 @1', 'a@0-10=1 @1', 'a@59995-5=2 @3', 'a@0-10=2 @3', 'b@0-10=1 @8', 'b@5-15=1 @8'],
      ['a@5-15=1 @12', 'a@10-20=1 @12', 'a@0-10=3 @5', 'a@5-15=2 @12', 'b@10-20=1 @15', 'b@15-25=1 @15'],
      [
        'a@10-20=2 @16',
        'a@15-25=1 @16',
        'b@10-20=2 @18',
        'b@15-25=2 @18',
        'a@25-35=1 @31',
        'a@30-40=1 @31',
        'b@45-55=1 @50',
        'b@50-60=1 @50',
      ],
    ],
  },
  {
    name: 'windows-in-memory',
    build(inputs) {
      const supplier = Stores.inMemoryWindowStore('windows-in-memory', storeOptions)
      return told(grouped(inputs).windowedBy(tumbling).count({ supplier }))
    },
    sends: inWindows,
    finds: [
      ['a@0-10=1 @1', 'a@0-10=2 @3', 'b@0-10=1 @8'],
      ['a@10-20=1 @12', 'a@0-10=3 @5', 'b@10-20=1 @15'],
      ['a@10-20=2 @16', 'b@10-20=2 @18', 'a@30-40=1 @31', 'b@50-60=1 @50'],
    ],
  },
  {
    name: 'windows-in-plain-store',
    build(inputs) {
      const supplier = Stores.persistentWindowStore('windows-in-plain-store', storeOptions)
      return told(grouped(inputs).windowedBy(tumbling).count({ supplier }))
    },
    sends: inWindows,
    finds: [
      ['a@0-10=1 @1', 'a@0-10=2 @3', 'b@0-10=1 @8'],
      ['a@10-20=1 @12', 'a@0-10=3 @5', 'b@10-20=1 @15'],
      ['a@10-20=2 @16', 'b@10-20=2 @18', 'a@30-40=1 @31', 'b@50-60=1 @50'],
    ],
  },
  {
    name: 'windows-in-store-with-headers',
    build(inputs) {
      const supplier = Stores.persistentTimestampedWindowStoreWithHeaders('windows-in-store-with-headers', storeOptions)
      return told(grouped(inputs).windowedBy(tumbling).count({ supplier }))
    },
    sends: inWindows,
    finds: [
      ['a@0-10=1 @1', 'a@0-10=2 @3', 'b@0-10=1 @8'],
      ['a@10-20=1 @12', 'a@0-10=3 @5', 'b@10-20=1 @15'],
      ['a@10-20=2 @16', 'b@10-20=2 @18', 'a@30-40=1 @31', 'b@50-60=1 @50'],
    ],
  },
  {
    name: 'windows-told-on-close',
    build: (inputs) =>
      told(
        grouped(inputs).windowedBy(tumbling).emitStrategy('onWindowClose').count({ store: 'windows-told-on-close' }),
      ),
    sends: inWindows,
    finds: [[], ['a@0-10=3 @5', 'b@0-10=1 @8'], []],
  },
  {
    name: 'windows-suppressed',
    build: (inputs) =>
      told(
        grouped(inputs)
          .windowedBy(tumbling)
          .count({ store: 'windows-suppressed-count' })
          .suppress(Suppressed.untilWindowCloses({ name: 'windows-suppressed' })),
      ),
    sends: inWindows,
    finds: [[], ['a@0-10=3 @5', 'b@0-10=1 @8'], ['a@10-20=2 @16', 'b@10-20=2 @18', 'a@30-40=1 @31']],
  },
  {
    name: 'windows-without-end',
    build: (inputs) =>
      grouped(inputs)
        .windowedBy(UnlimitedWindows.of())
        .count({ store: 'windows-without-end' })
        .toStream(({ key }) => key)
        .mapValues(String),
    sends: inWindows,
    finds: [
      ['a=1 @1', 'a=2 @3', 'b=1 @8'],
      ['a=3 @12', 'a=4 @12', 'b=2 @15'],
      ['a=5 @16', 'b=3 @18', 'a=6 @31', 'b=4 @50'],
    ],
  },
  {
    name: 'sliding-windows',
    build: (inputs) =>
      told(grouped(inputs).windowedBy(sliding).aggregate(noText, append, { store: 'sliding-windows' })),
    sends: inWindows,
    finds: [
      ['a@59996-1=u @1', 'a@2-7=v @3', 'a@59998-3=uv @3', 'b@3-8=w @8'],
      ['a@7-12=x @12', 'a@2-7=vy @5', 'a@4-9=y @5', 'a@0-5=uvy @5', 'b@10-15=p @15'],
      ['a@13-18=z @16', 'a@11-16=xz @16', 'b@16-21=t @18', 'b@13-18=pt @18', 'a@26-31=s @31', 'b@45-50=r @50'],
    ],
  },
  {
    name: 'sliding-windows-told-on-close',
    build: (inputs) =>
      told(
        grouped(inputs)
          .windowedBy(SlidingWindows.ofTimeDifferenceWithNoGrace(5))
          .emitStrategy('onWindowClose')
          .count({ store: 'sliding-windows-told-on-close' }),
      ),
    sends: inWindows,
    finds: [
      ['a@59996-1=1 @1', 'a@59998-3=2 @3', 'a@2-7=1 @3'],
      ['b@3-8=1 @8', 'a@7-12=1 @12'],
      ['b@10-15=1 @15', 'a@11-16=2 @16', 'b@16-21=1 @18'],
    ],
  },
  {
    name: 'sessions',
    build: (inputs) =>
      told(grouped(inputs).windowedBy(sessions).aggregate(noText, append, concatenate, { store: 'sessions' })),
    sends: inSessions,
    finds: [
      ['a@1-1=u @1', 'a@1-1=null @1', 'a@1-3=uv @3', 'b@9-9=w @9', 'a@11-11=x @11'],
      ['a@1-3=null @3', 'a@11-11=null @11', 'a@1-11=uvxy @11', 'b@9-9=null @9', 'b@9-13=wz @13', 'b@30-30=q @30'],
      ['b@30-30=null @30', 'b@30-34=qt @34', 'a@60-60=s @60', 'b@90-90=r @90'],
    ],
  },
  {
    name: 'sessions-in-memory',
    build: (inputs) =>
      told(
        grouped(inputs)
          .windowedBy(sessions)
          .count({ supplier: Stores.inMemorySessionStore('sessions-in-memory', 20) }),
      ),
    sends: inSessions,
    finds: [
      ['a@1-1=1 @1', 'a@1-1=null @1', 'a@1-3=2 @3', 'b@9-9=1 @9', 'a@11-11=1 @11'],
      ['a@1-3=null @3', 'a@11-11=null @11', 'a@1-11=4 @11', 'b@9-9=null @9', 'b@9-13=2 @13', 'b@30-30=1 @30'],
      ['b@30-30=null @30', 'b@30-34=2 @34', 'a@60-60=1 @60', 'b@90-90=1 @90'],
    ],
  },
  {
    name: 'sessions-in-store-with-headers',
    build: (inputs) =>
      told(
        grouped(inputs)
          .windowedBy(sessions)
          .count({ supplier: Stores.persistentSessionStoreWithHeaders('sessions-in-store-with-headers', 20) }),
      ),
    sends: inSessions,
    finds: [
      ['a@1-1=1 @1', 'a@1-1=null @1', 'a@1-3=2 @3', 'b@9-9=1 @9', 'a@11-11=1 @11'],
      ['a@1-3=null @3', 'a@11-11=null @11', 'a@1-11=4 @11', 'b@9-9=null @9', 'b@9-13=2 @13', 'b@30-30=1 @30'],
      ['b@30-30=null @30', 'b@30-34=2 @34', 'a@60-60=1 @60', 'b@90-90=1 @90'],
    ],
  },
  {
    name: 'sessions-told-on-close',
    build: (inputs) =>
      told(
        grouped(inputs).windowedBy(sessions).emitStrategy('onWindowClose').count({ store: 'sessions-told-on-close' }),
      ),
    sends: inSessions,
    finds: [[], ['a@1-11=4 @11', 'b@9-13=2 @13'], ['b@30-34=2 @34', 'a@60-60=1 @60']],
  },
  {
    name: 'sessions-suppressed',
    build: (inputs) =>
      told(
        grouped(inputs)
          .windowedBy(sessions)
          .count({ store: 'sessions-suppressed-count' })
          .suppress(Suppressed.untilWindowCloses({ name: 'sessions-suppressed' })),
      ),
    sends: inSessions,
    finds: [[], ['a@1-11=4 @11', 'b@9-13=2 @13'], ['b@30-34=2 @34', 'a@60-60=1 @60']],
  },
  {
    name: 'cogroup-in-windows',
    build: (inputs) => told(cogrouped(inputs).windowedBy(tumbling).aggregate(noText, { store: 'cogroup-in-windows' })),
    sends: cogroupedInWindows,
    finds: [
      ['a@0-10=u @1', 'a@0-10=vu @3'],
      ['a@0-10=vuw @5', 'a@10-20=x @12'],
      ['a@0-10=yvuw @8', 'a@10-20=xz @16'],
    ],
  },
  {
    name: 'cogroup-in-sliding-windows',
    build: (inputs) =>
      told(cogrouped(inputs).windowedBy(sliding).aggregate(noText, { store: 'cogroup-in-sliding-windows' })),
    sends: cogroupedInWindows,
    finds: [
      ['a@59996-1=u @1', 'a@2-7=v @3', 'a@59998-3=vu @3'],
      ['a@2-7=vw @5', 'a@4-9=w @5', 'a@0-5=vuw @5', 'a@7-12=x @12'],
      [
        'a@7-12=yx @12',
        'a@4-9=yw @8',
        'a@6-11=y @8',
        'a@3-8=yvw @8',
        'a@9-14=x @12',
        'a@13-18=z @16',
        'a@11-16=xz @16',
      ],
    ],
  },
  {
    name: 'cogroup-in-sessions',
    build: (inputs) =>
      told(cogrouped(inputs).windowedBy(sessions).aggregate(noText, concatenate, { store: 'cogroup-in-sessions' })),
    sends: cogroupedInWindows,
    finds: [
      ['a@1-1=u @1', 'a@1-1=null @1', 'a@1-3=vu @3'],
      ['a@1-3=null @3', 'a@1-5=vuw @5', 'a@12-12=x @12'],
      ['a@1-5=null @5', 'a@12-12=null @12', 'a@1-12=yvuwx @12', 'a@1-12=null @12', 'a@1-16=yvuwxz @16'],
    ],
  },
]
