import type { ProcessingContext, ProcessorContext } from '../processor/processor-context.ts'
import type {
  ReadOnlySessionStore,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  ValueAndTimestamp,
  Windowed,
} from '../state/store.ts'
import { operatorContext } from './operator-context.ts'
import { TableRows } from './table-rows.ts'

/** Reads the rows of a table inside a task. Java: `KTableValueGetter`. */
export interface RowReader<K, V> {
  /** Whether rows can be read as they were at a time. */
  readonly isVersioned: boolean
  /** The row as it is now; its value is the live one. */
  get(key: K): ValueAndTimestamp<V> | null
  /** The row as it was at a time. Only where {@link isVersioned}. */
  getAsOf(key: K, timestamp: number): ValueAndTimestamp<V> | null
  /** Called once, when the reader's task closes: a row may be made by what the user has opened. */
  close?(): void
}

/** How other operators come to the rows of a table, whether it keeps them or makes them anew from others. */
export interface TableView<K, V> {
  /** Stores that a reader needs access to. */
  readonly storeNames: readonly string[]
  open(context: ProcessingContext): RowReader<K, V>
}

/** A view of rows that are kept in a store, under their keys or in windows. */
export function storeView<K, V>(storeName: string): TableView<K, V> {
  return {
    storeNames: [storeName],
    open(context) {
      const store = context.getStateStore<StateStore>(storeName)
      if ('fetchSession' in store) return sessionReader(store as StateStore as ReadOnlySessionStore<unknown, V>)
      if ('fetchRange' in store) return windowReader(store as StateStore as TimestampedWindowStore<unknown, V>)
      return new TableRows<K, V>(context, storeName)
    },
  }
}

/** A view of a global table, which every task can read. */
export function globalView<K, V>(storeName: string): TableView<K, V> {
  return {
    storeNames: [],
    open(context) {
      const store = operatorContext<never, never>(context as ProcessorContext<never, never>).globalStore(storeName)
      // Global tables are never versioned, and have timestamps.
      const rows = store as TimestampedKeyValueStore<K, V>
      return unversioned((key) => rows.get(key))
    },
  }
}

/** A view of rows that follow from another view's, each on its own. */
export function derivedView<K, V, V2>(
  parent: TableView<K, V>,
  transform: (key: K, value: V) => V2 | null,
): TableView<K, V2> {
  return {
    storeNames: parent.storeNames,
    open(context) {
      const rows = parent.open(context)
      const derive = (key: K, row: ValueAndTimestamp<V> | null): ValueAndTimestamp<V2> | null => {
        const value = row === null ? null : transform(key, row.value)
        return row === null || value === null ? null : { value, timestamp: row.timestamp }
      }
      return {
        isVersioned: rows.isVersioned,
        get: (key) => derive(key, rows.get(key)),
        getAsOf: (key, timestamp) => derive(key, rows.getAsOf(key, timestamp)),
        close: () => rows.close?.(),
      }
    },
  }
}

function windowReader<K, V>(store: TimestampedWindowStore<unknown, V>): RowReader<K, V> {
  return unversioned((key) => {
    // A table of windows has windowed keys.
    const { key: inner, window } = key as Windowed<unknown>
    return store.fetch(inner, window.startMs)
  })
}

/** The time of a session is its end. */
function sessionReader<K, V>(store: ReadOnlySessionStore<unknown, V>): RowReader<K, V> {
  return unversioned((key) => {
    const { key: inner, window } = key as Windowed<unknown>
    const value = store.fetchSession(inner, window.startMs, window.endMs)
    return value === null ? null : { value, timestamp: window.endMs }
  })
}

/** A reader of rows that have only their present. */
export function unversioned<K, V>(
  get: (key: K) => ValueAndTimestamp<V> | null,
  close: () => void = () => {},
): RowReader<K, V> {
  // Asked as of a time, what is not versioned answers with its present, which is all it has.
  return { isVersioned: false, get, getAsOf: get, close }
}
