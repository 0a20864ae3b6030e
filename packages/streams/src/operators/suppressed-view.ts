import type { SuppressBuffer } from '../state/stores/suppress-buffer.ts'
import type { TableView } from './table-view.ts'
import { unversioned } from './table-view.ts'

/** The rows of a suppressed table: what waits in the buffer has not changed yet for those who read. */
export function suppressedView<K, V>(bufferName: string, parent: TableView<K, V>): TableView<K, V> {
  return {
    storeNames: [...parent.storeNames, bufferName],
    open(context) {
      const rows = parent.open(context)
      const buffer = context.getStateStore<SuppressBuffer<K, V>>(bufferName)
      return unversioned(
        (key) => {
          const prior = buffer.priorValueForBuffered(key)
          if (prior === undefined) return rows.get(key)
          // The time of the prior value is not known any more.
          return prior === null ? null : { value: prior, timestamp: -1 }
        },
        () => rows.close?.(),
      )
    },
  }
}
