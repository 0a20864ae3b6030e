import type { StateStore } from '../state/store.ts'
import { DuplicatesWindowStore } from '../state/stores/duplicates-window-store.ts'
import { RangeWindowStateStore } from '../state/stores/range-window-state-store.ts'
import { WindowStateStore } from '../state/stores/window-state-store.ts'

type WindowStores =
  | WindowStateStore<unknown, unknown, unknown>
  | RangeWindowStateStore<unknown, unknown, unknown>
  | DuplicatesWindowStore<unknown, unknown, unknown>

/** Window stores of any layout. */
export function isWindowStore(store: StateStore): store is WindowStores {
  return (
    store instanceof WindowStateStore ||
    store instanceof RangeWindowStateStore ||
    store instanceof DuplicatesWindowStore
  )
}
