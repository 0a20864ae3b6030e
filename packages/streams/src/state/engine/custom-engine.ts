import type { Engine, EngineSpace, EngineWrite, EngineWrites } from './engine.ts'
import { writeList } from './engine.ts'

/** What an engine of the user's own is told when it is opened for a store of a task. */
export interface CustomEngineContext {
  readonly store: string
  /** A directory of the task's; undefined in the test driver, where nothing outlives the test. */
  readonly directory: string | undefined
}

/**
 * An engine of the user's own, for one store of one task: bytes by key, in unsigned order, any key from 0 bytes up. What
 * it must do stands with each method, and `checkEngine` of `@streamwright/streams/testing` checks it.
 */
export interface CustomEngine extends Engine {
  /**
   * The writes of one commit, of which the last of a key counts, and the changelog position after them, undefined where it has not moved. All of it or
   * nothing is there after a crash, or the position is not.
   */
  apply(writes: readonly EngineWrite[], position: number | undefined): void
  /** The last position that was applied; undefined for an empty engine, which is then restored from the beginning. */
  position(): number | undefined
  /** Forgets everything, the position too. */
  wipe(): void
  close(): void
}

/** Makes the engines of stores that name it in place of `memory` or `persistent`. */
export interface CustomEngineFactory {
  /** Whether what was applied is there when the engine is opened again. */
  readonly persistent: boolean
  readonly open: (context: CustomEngineContext) => CustomEngine
}

/** One engine of the user's own among the engines of a task. */
export class CustomEngineSpace implements EngineSpace {
  readonly #store: string
  readonly #engine: CustomEngine

  constructor(store: string, engine: CustomEngine) {
    this.#store = store
    this.#engine = engine
  }

  open(): Engine {
    return this.#engine
  }

  position(): number | undefined {
    return this.#engine.position()
  }

  /** An engine of the user's own keeps bytes and changelog positions, not this. */
  inputPosition(): undefined {
    return undefined
  }

  commit(writes: ReadonlyMap<string, EngineWrites>, positions: ReadonlyMap<string, number>): void {
    const list = writeList(writes.get(this.#store) ?? [])
    const position = positions.get(this.#store)
    if (list.length > 0 || position !== undefined) this.#engine.apply(list, position)
  }

  wipe(): void {
    this.#engine.wipe()
  }

  close(): void {
    this.#engine.close()
  }
}
