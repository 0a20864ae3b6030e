import type { Log } from '@streamwright/std'
import type { StoreDefinition } from '../store-definition.ts'
import type { Engine, EngineSpace, EngineWrite } from './engine.ts'
import { LmdbEngineSpace } from './lmdb-engine.ts'
import { MemoryEngineSpace } from './memory-engine.ts'

/** The engines of one task: in memory, in LMDB, or some here and some there, as its stores ask. */
export function openEngineSpace(
  stores: readonly StoreDefinition[],
  directory: string | undefined,
  log: Log,
): EngineSpace {
  const persistent = new Set(stores.filter((store) => store.engine === 'persistent').map((store) => store.name))
  const memory = new MemoryEngineSpace()
  if (directory === undefined || persistent.size === 0) return memory
  return new MixedEngineSpace(memory, new LmdbEngineSpace(directory, log), persistent)
}

class MixedEngineSpace implements EngineSpace {
  readonly #memory: EngineSpace
  readonly #disk: EngineSpace
  readonly #persistent: ReadonlySet<string>

  constructor(memory: EngineSpace, disk: EngineSpace, persistent: ReadonlySet<string>) {
    this.#memory = memory
    this.#disk = disk
    this.#persistent = persistent
  }

  open(store: string): Engine {
    return this.#spaceOf(store).open(store)
  }

  position(store: string): number | undefined {
    return this.#spaceOf(store).position(store)
  }

  commit(writes: ReadonlyMap<string, readonly EngineWrite[]>, positions: ReadonlyMap<string, number>): void {
    const onDisk = (store: string): boolean => this.#persistent.has(store)
    this.#disk.commit(
      new Map([...writes].filter(([store]) => onDisk(store))),
      new Map([...positions].filter(([store]) => onDisk(store))),
    )
    this.#memory.commit(
      new Map([...writes].filter(([store]) => !onDisk(store))),
      new Map([...positions].filter(([store]) => !onDisk(store))),
    )
  }

  wipe(store: string): void {
    this.#spaceOf(store).wipe(store)
  }

  close(): void {
    this.#memory.close()
    this.#disk.close()
  }

  #spaceOf(store: string): EngineSpace {
    return this.#persistent.has(store) ? this.#disk : this.#memory
  }
}
