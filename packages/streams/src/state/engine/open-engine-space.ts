import type { Log } from '@streamwright/std'
import type { StoreDefinition } from '../store-definition.ts'
import type { StorePosition } from '../store-position.ts'
import { CustomEngineSpace } from './custom-engine.ts'
import type { Engine, EngineSpace, EngineWrite } from './engine.ts'
import { LmdbEngineSpace } from './lmdb-engine.ts'
import { MemoryEngineSpace } from './memory-engine.ts'

/** The engines of one task: in memory, in LMDB, of the user's own, or some here and some there, as its stores ask. */
export function openEngineSpace(
  stores: readonly StoreDefinition[],
  directory: string | undefined,
  log: Log,
): EngineSpace {
  const memory = new MemoryEngineSpace()
  const spaces = new Map<string, EngineSpace>()
  let disk: EngineSpace | undefined
  for (const { name, engine } of stores) {
    if (typeof engine === 'object') {
      spaces.set(name, new CustomEngineSpace(name, engine.open({ store: name, directory })))
    } else if (engine === 'persistent' && directory !== undefined) {
      disk ??= new LmdbEngineSpace(directory, log)
      spaces.set(name, disk)
    }
  }
  return spaces.size === 0 ? memory : new MixedEngineSpace(memory, spaces)
}

/** Sends each store to its own space; those that are not named are in memory. */
class MixedEngineSpace implements EngineSpace {
  readonly #memory: EngineSpace
  readonly #spaces: ReadonlyMap<string, EngineSpace>

  constructor(memory: EngineSpace, spaces: ReadonlyMap<string, EngineSpace>) {
    this.#memory = memory
    this.#spaces = spaces
  }

  open(store: string): Engine {
    return this.#spaceOf(store).open(store)
  }

  position(store: string): number | undefined {
    return this.#spaceOf(store).position(store)
  }

  inputPosition(store: string): string | undefined {
    return this.#spaceOf(store).inputPosition(store)
  }

  commit(
    writes: ReadonlyMap<string, readonly EngineWrite[]>,
    positions: ReadonlyMap<string, number>,
    inputPositions: ReadonlyMap<string, StorePosition> = new Map(),
  ): void {
    for (const space of new Set([...this.#spaces.values(), this.#memory])) {
      const isHere = ([store]: readonly [string, unknown]): boolean => this.#spaceOf(store) === space
      const ownWrites = new Map([...writes].filter(isHere))
      const ownPositions = new Map([...positions].filter(isHere))
      const ownInput = new Map([...inputPositions].filter(isHere))
      if (ownWrites.size + ownPositions.size > 0) space.commit(ownWrites, ownPositions, ownInput)
    }
  }

  wipe(store: string): void {
    this.#spaceOf(store).wipe(store)
  }

  close(): void {
    for (const space of new Set([...this.#spaces.values(), this.#memory])) space.close()
  }

  #spaceOf(store: string): EngineSpace {
    return this.#spaces.get(store) ?? this.#memory
  }
}
