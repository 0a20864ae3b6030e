import type { EngineSpace, EngineWrite, EngineWrites } from '../state/engine/engine.ts'
import { writesNothing } from '../state/engine/engine.ts'
import type { StorePosition } from '../state/store-position.ts'
import type { RestoredRecord, TaskStore } from '../state/task-store.ts'

/** Applies what the stores have written to their engines, with the positions of changelogs and input, in one go. */
export function commitStores(
  stores: Iterable<TaskStore>,
  engines: EngineSpace,
  changelogPositions: ReadonlyMap<string, number>,
): void {
  const writes = new Map<string, EngineWrites>()
  const inputPositions = new Map<string, StorePosition>()
  for (const store of stores) {
    const list = store.takeWrites()
    if (writesNothing(list)) continue
    writes.set(store.name, list)
    if (store.position === undefined) continue
    store.position.commit()
    inputPositions.set(store.name, store.position)
  }
  if (writes.size + changelogPositions.size > 0) engines.commit(writes, changelogPositions, inputPositions)
}

/** Forgets what the stores have written since the last commit. */
export function discardStores(stores: Iterable<TaskStore>): void {
  for (const store of stores) {
    store.discard()
    store.position?.discard()
  }
}

/** The writes that records of a changelog stand for. */
export function restoredWrites(store: TaskStore, records: Iterable<RestoredRecord>): EngineWrite[] {
  if (store.restoreWrites !== undefined) return store.restoreWrites(records)
  const writes: EngineWrite[] = []
  for (const record of records) {
    const write = store.restoreWrite(record)
    if (write !== undefined) writes.push(write)
  }
  return writes
}
