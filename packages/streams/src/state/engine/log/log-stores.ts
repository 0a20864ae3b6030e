import { assert } from '@streamwright/std'
import type { Epochs } from './epochs.ts'
import { storesMax } from './limits.ts'
import { LogStore } from './log-store.ts'
import type { PageSlab } from './page-slab.ts'

/** The stores of a log, by name and by the number that entries call them by. */
export class LogStores {
  readonly #slab: PageSlab
  readonly #epochs: Epochs
  readonly #byName = new Map<string, LogStore>()
  /** Numbers of stores that were opened and never written to are missing after a restart. */
  readonly #byId = new Map<number, LogStore>()
  #nextId = 0

  constructor(slab: PageSlab, epochs: Epochs) {
    this.#slab = slab
    this.#epochs = epochs
  }

  [Symbol.iterator](): IterableIterator<LogStore> {
    return this.#byId.values()
  }

  get liveBytes(): number {
    let sum = 0
    for (const store of this.#byId.values()) sum += store.liveBytes
    return sum
  }

  /** The store of a name, if it was ever opened. */
  known(name: string): LogStore | undefined {
    return this.#byName.get(name)
  }

  /** The store of a name, with the next number if it is new. */
  named(name: string): LogStore {
    return this.#byName.get(name) ?? this.#add(this.#nextId, name)
  }

  /** An entry of the log says what store its number stands for. */
  define(id: number, name: string): void {
    const known = this.#byId.get(id)
    assert(known === undefined || known.name === name, `store ${id} is defined as ${name} and ${known?.name}`)
    const store = known ?? this.#add(id, name)
    store.isDefined = true
  }

  /** The store that an entry calls; it has been defined before. */
  called(id: number): LogStore {
    const store = this.#byId.get(id)
    assert(store !== undefined, `entries of store ${id}, which no entry defines`)
    return store
  }

  #add(id: number, name: string): LogStore {
    assert(id < storesMax, 'more stores than numbers for them')
    const store = new LogStore(id, name, this.#slab, this.#epochs)
    this.#byName.set(name, store)
    this.#byId.set(id, store)
    this.#nextId = Math.max(this.#nextId, id + 1)
    return store
  }
}
