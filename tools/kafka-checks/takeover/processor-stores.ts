import { Stores, Windowed, serdes } from '@streamwright/streams'
import type {
  KStream,
  KeyValueStore,
  ProcessorSupplier,
  Record,
  SessionStore,
  SessionStoreWithHeaders,
  StateStore,
  StoreDefinition,
  TimestampedKeyValueStore,
  TimestampedKeyValueStoreWithHeaders,
  TimestampedWindowStore,
  TimestampedWindowStoreWithHeaders,
  ValueTimestampHeaders,
  VersionedKeyValueStore,
  VersionedRecord,
  WindowStore,
} from '@streamwright/streams'
import { minuteMs } from './topology.ts'
import type { Inputs, TakeoverTopology, Turns } from './topology.ts'

type TextRecord = Record<string, string>
type Headers = TextRecord['headers']

const strings = { key: serdes.string, value: serdes.string }
const windowOptions = { retentionMs: 60, windowSizeMs: 10 }

/** A processor that tells of each record the text that the step returns. */
function telling<S extends StateStore>(
  store: string,
  step: (store: S, record: TextRecord) => string,
): ProcessorSupplier<string, string, string, string> {
  return () => {
    let forward: (record: TextRecord) => void
    let kept: S
    return {
      init(context) {
        kept = context.getStateStore<S>(store)
        forward = (record) => context.forward(record)
      },
      process: (record) => forward(record.withValue(`[${step(kept, record)}]`)),
    }
  }
}

function withStore<S extends StateStore>(
  inputs: Inputs,
  store: StoreDefinition,
  step: (store: S, record: TextRecord) => string,
): KStream<string, string> {
  inputs.builder.addStateStore(store)
  return inputs.stream().process(telling(store.name, step), { stores: [store.name] })
}

function entriesText(store: WindowStore<string, string>, { key, timestamp }: TextRecord): string {
  const entries = [...store.fetchRange(key, timestamp - 20, timestamp)]
  return entries.map(([startMs, value]) => `${value}@${startMs % minuteMs}`).join('')
}

function sessionOf({ key, timestamp }: TextRecord): Windowed<string> {
  return new Windowed(key, { startMs: timestamp, endMs: timestamp })
}

function keptText({ value, timestamp, headers }: ValueTimestampHeaders<string>): string {
  return `${value}@${timestamp % minuteMs}${traceText(headers)}`
}

function traceText(headers: Headers): string {
  const trace = headers.text('trace')
  return typeof trace === 'string' ? `/${trace}` : ''
}

function versionText(version: VersionedRecord<string> | null): string {
  return version === null ? '' : `${version.value}@${version.timestamp % minuteMs}`
}

function windowStartMs(timestamp: number): number {
  return timestamp - (timestamp % 10)
}

/** What is put is there after each takeover, unless it was deleted or is too old. */
const put: Turns = [
  ['a=u @1', 'b=v @2', 'a=w @3', 'c=t @3'],
  ['a=y @5', 'b=x @6', 'c=t @7'],
  ['a=z @8', 'b=w @9', 'a=s @4', 'c=r @90', 'a=s @91'],
]

const putWithHeaders: Turns = [
  ['a=u @1 trace=t1', 'b=v @2 trace=t2', 'c=w @3'],
  ['a=v @4', 'b=x @5 trace=t3', 'c=u @6 trace=t4'],
  ['a=w @7 trace=t5', 'b=w @8', 'c=w @9'],
]

/** Stores of each kind under processors, which tell what was there and put records behind it: `ProcessorStores.java`. */
export const processorStores: readonly TakeoverTopology[] = [
  {
    name: 'key-value-store',
    build: (inputs) =>
      withStore<KeyValueStore<string, string>>(
        inputs,
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore('key-value-store'), strings),
        (store, { key, value }) => {
          const before = store.get(key) ?? ''
          store.put(key, value === 'x' ? null : before + value)
          return before
        },
      ),
    sends: put,
    finds: [
      ['a=[] @1', 'b=[] @2', 'a=[u] @3', 'c=[] @3'],
      ['a=[uw] @5', 'b=[v] @6', 'c=[t] @7'],
      ['a=[uwy] @8', 'b=[] @9', 'a=[uwyz] @4', 'c=[tt] @90', 'a=[uwyzs] @91'],
    ],
  },
  {
    name: 'lru-map',
    build: (inputs) =>
      withStore<KeyValueStore<string, string>>(
        inputs,
        Stores.keyValueStoreBuilder(Stores.lruMap('lru-map', 2), strings),
        (store, { key, value }) => {
          const before = store.get(key) ?? ''
          store.put(key, before + value)
          return before
        },
      ),
    sends: put,
    finds: [
      ['a=[] @1', 'b=[] @2', 'a=[u] @3', 'c=[] @3'],
      ['a=[uw] @5', 'b=[] @6', 'c=[] @7'],
      ['a=[] @8', 'b=[] @9', 'a=[z] @4', 'c=[] @90', 'a=[zs] @91'],
    ],
  },
  {
    name: 'timestamped-store',
    build: (inputs) =>
      withStore<TimestampedKeyValueStore<string, string>>(
        inputs,
        Stores.timestampedKeyValueStoreBuilder(Stores.persistentTimestampedKeyValueStore('timestamped-store'), strings),
        (store, { key, value, timestamp }) => {
          const before = store.get(key)
          store.put(key, { value: (before?.value ?? '') + value, timestamp })
          return before === null ? '' : `${before.value}@${before.timestamp % minuteMs}`
        },
      ),
    sends: put,
    finds: [
      ['a=[] @1', 'b=[] @2', 'a=[u@1] @3', 'c=[] @3'],
      ['a=[uw@3] @5', 'b=[v@2] @6', 'c=[t@3] @7'],
      ['a=[uwy@5] @8', 'b=[vx@6] @9', 'a=[uwyz@8] @4', 'c=[tt@7] @90', 'a=[uwyzs@4] @91'],
    ],
  },
  {
    name: 'store-with-headers',
    build: (inputs) =>
      withStore<TimestampedKeyValueStoreWithHeaders<string, string>>(
        inputs,
        Stores.timestampedKeyValueStoreWithHeadersBuilder(
          Stores.persistentTimestampedKeyValueStoreWithHeaders('store-with-headers'),
          strings,
        ),
        (store, { key, value, timestamp, headers }) => {
          const before = store.get(key)
          store.put(key, value === 'x' ? null : { value, timestamp, headers })
          return before === null ? '' : keptText(before)
        },
      ),
    sends: putWithHeaders,
    finds: [
      ['a=[] @1 trace=t1', 'b=[] @2 trace=t2', 'c=[] @3'],
      ['a=[u@1/t1] @4', 'b=[v@2/t2] @5 trace=t3', 'c=[w@3] @6 trace=t4'],
      ['a=[v@4] @7 trace=t5', 'b=[] @8', 'c=[u@6/t4] @9'],
    ],
  },
  {
    name: 'window-store',
    build: (inputs) =>
      withStore<WindowStore<string, string>>(
        inputs,
        Stores.windowStoreBuilder(Stores.persistentWindowStore('window-store', windowOptions), strings),
        (store, record) => {
          const before = entriesText(store, record)
          store.put(record.key, record.value, record.timestamp)
          return before
        },
      ),
    sends: put,
    finds: [
      ['a=[] @1', 'b=[] @2', 'a=[u@1] @3', 'c=[] @3'],
      ['a=[u@1w@3] @5', 'b=[v@2] @6', 'c=[t@3] @7'],
      ['a=[u@1w@3y@5] @8', 'b=[v@2x@6] @9', 'a=[u@1w@3] @4', 'c=[] @90', 'a=[] @91'],
    ],
  },
  {
    name: 'window-store-of-duplicates',
    build(inputs) {
      const options = { ...windowOptions, retainDuplicates: true }
      return withStore<WindowStore<string, string>>(
        inputs,
        Stores.windowStoreBuilder(Stores.persistentWindowStore('window-store-of-duplicates', options), strings),
        (store, record) => {
          const before = entriesText(store, record)
          store.put(record.key, record.value, record.timestamp)
          return before
        },
      )
    },
    sends: [
      ['a=u @1', 'a=v @1', 'b=w @2'],
      ['a=x @4', 'a=y @4', 'b=y @3'],
      ['a=z @7', 'a=s @7', 'b=t @5'],
    ],
    finds: [
      ['a=[] @1', 'a=[u@1] @1', 'b=[] @2'],
      ['a=[u@1v@1] @4', 'a=[u@1v@1x@4] @4', 'b=[w@2] @3'],
      ['a=[u@1v@1x@4y@4] @7', 'a=[u@1v@1x@4y@4z@7] @7', 'b=[w@2y@3] @5'],
    ],
  },
  {
    name: 'timestamped-window-store',
    build: (inputs) =>
      withStore<TimestampedWindowStore<string, string>>(
        inputs,
        Stores.timestampedWindowStoreBuilder(
          Stores.persistentTimestampedWindowStore('timestamped-window-store', windowOptions),
          strings,
        ),
        (store, { key, value, timestamp }) => {
          const startMs = windowStartMs(timestamp)
          const before = store.fetch(key, startMs)
          store.put(key, { value: (before?.value ?? '') + value, timestamp }, startMs)
          return before === null ? '' : `${before.value}@${before.timestamp % minuteMs}`
        },
      ),
    sends: put,
    finds: [
      ['a=[] @1', 'b=[] @2', 'a=[u@1] @3', 'c=[] @3'],
      ['a=[uw@3] @5', 'b=[v@2] @6', 'c=[t@3] @7'],
      ['a=[uwy@5] @8', 'b=[vx@6] @9', 'a=[uwyz@8] @4', 'c=[] @90', 'a=[] @91'],
    ],
  },
  {
    name: 'window-store-with-headers',
    build: (inputs) =>
      withStore<TimestampedWindowStoreWithHeaders<string, string>>(
        inputs,
        Stores.timestampedWindowStoreWithHeadersBuilder(
          Stores.persistentTimestampedWindowStoreWithHeaders('window-store-with-headers', windowOptions),
          strings,
        ),
        (store, { key, value, timestamp, headers }) => {
          const startMs = windowStartMs(timestamp)
          const before = store.fetch(key, startMs)
          store.put(key, { value, timestamp, headers }, startMs)
          return before === null ? '' : keptText(before)
        },
      ),
    sends: putWithHeaders,
    finds: [
      ['a=[] @1 trace=t1', 'b=[] @2 trace=t2', 'c=[] @3'],
      ['a=[u@1/t1] @4', 'b=[v@2/t2] @5 trace=t3', 'c=[w@3] @6 trace=t4'],
      ['a=[v@4] @7 trace=t5', 'b=[x@5/t3] @8', 'c=[u@6/t4] @9'],
    ],
  },
  {
    name: 'session-store',
    build: (inputs) =>
      withStore<SessionStore<string, string>>(
        inputs,
        Stores.sessionStoreBuilder(Stores.persistentSessionStore('session-store', 60), strings),
        (store, record) => {
          const found = [...store.findSessions(record.key, record.timestamp - 20, record.timestamp)]
          store.put(sessionOf(record), record.value)
          return found.map(({ key, value }) => `${value}@${key.window.startMs % minuteMs}`).join('')
        },
      ),
    sends: put,
    finds: [
      ['a=[] @1', 'b=[] @2', 'a=[u@1] @3', 'c=[] @3'],
      ['a=[u@1w@3] @5', 'b=[v@2] @6', 'c=[t@3] @7'],
      ['a=[u@1w@3y@5] @8', 'b=[v@2x@6] @9', 'a=[u@1w@3] @4', 'c=[] @90', 'a=[] @91'],
    ],
  },
  {
    name: 'session-store-with-headers',
    build: (inputs) =>
      withStore<SessionStoreWithHeaders<string, string>>(
        inputs,
        Stores.sessionStoreWithHeadersBuilder(
          Stores.persistentSessionStoreWithHeaders('session-store-with-headers', 60),
          strings,
        ),
        (store, record) => {
          const found = [...store.findSessions(record.key, record.timestamp - 20, record.timestamp)]
          store.put(sessionOf(record), { value: record.value, headers: record.headers })
          return found.map(({ value: { value, headers } }) => `${value}${traceText(headers)}`).join('')
        },
      ),
    sends: putWithHeaders,
    finds: [
      ['a=[] @1 trace=t1', 'b=[] @2 trace=t2', 'c=[] @3'],
      ['a=[u/t1] @4', 'b=[v/t2] @5 trace=t3', 'c=[w] @6 trace=t4'],
      ['a=[u/t1v] @7 trace=t5', 'b=[v/t2x/t3] @8', 'c=[wu/t4] @9'],
    ],
  },
  {
    name: 'versioned-store',
    build: (inputs) =>
      withStore<VersionedKeyValueStore<string, string>>(
        inputs,
        Stores.versionedKeyValueStoreBuilder(
          Stores.persistentVersionedKeyValueStore('versioned-store', { historyRetentionMs: 100 }),
          strings,
        ),
        (store, { key, value, timestamp }) => {
          const [latest, then] = [store.get(key), store.get(key, timestamp)]
          store.put(key, value === 'x' ? null : value, timestamp)
          return `${versionText(latest)},${versionText(then)}`
        },
      ),
    sends: put,
    finds: [
      ['a=[,] @1', 'b=[,] @2', 'a=[u@1,u@1] @3', 'c=[,] @3'],
      ['a=[w@3,w@3] @5', 'b=[v@2,v@2] @6', 'c=[t@3,t@3] @7'],
      ['a=[y@5,y@5] @8', 'b=[,] @9', 'a=[z@8,w@3] @4', 'c=[t@7,t@7] @90', 'a=[z@8,z@8] @91'],
    ],
  },
  {
    name: 'global-store',
    build(inputs) {
      const store = Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore('global-store'), {
        ...strings,
        logging: false,
      })
      inputs.builder.addGlobalStore(store, inputs.topic('right'), () => {
        let rows: TimestampedKeyValueStore<string, string>
        return {
          init(context) {
            rows = context.getStateStore('global-store')
          },
          process: ({ key, value, timestamp }) => rows.put(key, { value, timestamp }),
        }
      })
      const look = (rows: TimestampedKeyValueStore<string, string>, { value }: TextRecord): string => {
        const row = rows.get(value)
        return row === null ? '' : `${row.value}@${row.timestamp % minuteMs}`
      }
      return inputs.stream('left').process(telling('global-store', look))
    },
    before: [['right u=r1 @1', 'right v=r2 @2'], ['right w=r3 @5', 'right v=r4 @6'], ['right u=r5 @9']],
    sends: [
      ['left a=u @3', 'left b=w @4'],
      ['left a=v @7', 'left b=w @8'],
      ['left a=u @10', 'left b=v @11', 'left c=w @12'],
    ],
    finds: [
      ['a=[r1@1] @3', 'b=[] @4'],
      ['a=[r4@6] @7', 'b=[r3@5] @8'],
      ['a=[r5@9] @10', 'b=[r4@6] @11', 'c=[r3@5] @12'],
    ],
  },
]
