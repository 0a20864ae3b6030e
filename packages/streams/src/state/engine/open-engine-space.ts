import type { Log } from '@streamwright/std'
import { assert } from '@streamwright/std'
import type { StoreDefinition, StoreEngine } from '../store-definition.ts'
import { isOnDisk } from '../store-definition.ts'
import type { StorePosition } from '../store-position.ts'
import { CustomEngineSpace } from './custom-engine.ts'
import type { Engine, EngineSpace, EngineWrites } from './engine.ts'
import { LmdbEngineSpace } from './lmdb-engine.ts'
import { LogEngineSpace } from './log/log-engine-space.ts'
import { removeLogFiles } from './log/index-file.ts'
import { MemoryEngineSpace } from './memory-engine.ts'
import { removeLmdbFiles } from './state-mark.ts'

/** The engines of one task: in memory, on disk, of the user's own, or some here and some there, as its stores ask. */
export function openEngineSpace(
  stores: readonly StoreDefinition[],
  directory: string | undefined,
  log: Log,
): EngineSpace {
  const memory = new MemoryEngineSpace()
  const disk = directory === undefined ? undefined : openDiskSpaces(stores, directory, log)
  const spaces = new Map<string, EngineSpace>()
  for (const { name, engine } of stores) {
    if (typeof engine === 'object') {
      spaces.set(name, new CustomEngineSpace(name, engine.open({ store: name, directory })))
    } else if (isOnDisk(engine) && disk !== undefined) {
      const space = disk.get(engine)
      assert(space !== undefined, 'a space for each engine that a store asks for')
      spaces.set(name, space)
    }
  }
  return spaces.size === 0 ? memory : new MixedEngineSpace(memory, spaces)
}

/** Opens the engines on disk that stores ask for. What a store has left in the other one is deleted: it grows old. */
function openDiskSpaces(
  stores: readonly StoreDefinition[],
  directory: string,
  log: Log,
): ReadonlyMap<StoreEngine, EngineSpace> {
  const spaces = new Map<StoreEngine, EngineSpace>()
  const isAskedFor = (wanted: StoreEngine): boolean => stores.some(({ engine }) => engine === wanted)
  if (isAskedFor('persistent')) spaces.set('persistent', new LmdbEngineSpace(directory, log))
  else removeLmdbFiles(directory)
  if (isAskedFor('log')) spaces.set('log', new LogEngineSpace(directory, log))
  else removeLogFiles(directory)
  for (const { name, engine } of stores) {
    for (const [kind, space] of spaces) {
      if (kind !== engine && space.position(name) !== undefined) space.wipe(name)
    }
  }
  return spaces
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
    writes: ReadonlyMap<string, EngineWrites>,
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
