import type { Deferred } from '@streamwright/std'
import { asError, deferred } from '@streamwright/std'
import type { TopicPartition } from '../topic-partition.ts'
import { keyOf } from '../topic-partition.ts'
import type { CommitOutcome, OffsetToCommit } from './group-offsets.ts'

interface Caller {
  readonly keys: readonly string[]
  readonly done: Deferred<void>
}

interface Gathered {
  readonly offsets: Map<string, OffsetToCommit>
  readonly callers: Caller[]
  /** Somebody among them waits for topics that do not exist (yet). */
  isPatient: boolean
}

/**
 * One commit at a time, so that an earlier one can never overwrite a later one, not even when it has to be tried again.
 * Who commits meanwhile takes part in the next one, where the latest offset of each partition counts: so what waits is
 * bounded by the number of partitions, however often somebody commits.
 */
export class CommitQueue {
  readonly #commit: (offsets: readonly OffsetToCommit[], isPatient: boolean) => Promise<CommitOutcome>
  #gathered: Gathered | undefined
  #running: Promise<void> | undefined

  constructor(commit: (offsets: readonly OffsetToCommit[], isPatient: boolean) => Promise<CommitOutcome>) {
    this.#commit = commit
  }

  /** Resolves when these offsets, or later ones of the same partitions, are committed. */
  add(offsets: readonly OffsetToCommit[], isPatient: boolean): Promise<void> {
    if (offsets.length === 0) return this.settled()
    this.#gathered ??= { offsets: new Map(), callers: [], isPatient: false }
    this.#gathered.isPatient ||= isPatient
    for (const offset of offsets) this.#gathered.offsets.set(keyOf(offset), offset)
    const done = deferred()
    this.#gathered.callers.push({ keys: offsets.map(keyOf), done })
    this.#running ??= this.#run()
    return done.promise
  }

  /** Resolves when no commit is under way or waits. */
  settled(): Promise<void> {
    return this.#running ?? Promise.resolve()
  }

  async #run(): Promise<void> {
    for (let current = this.#gathered; current !== undefined; current = this.#gathered) {
      this.#gathered = undefined
      const { offsets, callers, isPatient } = current
      try {
        const outcome = await this.#commit([...offsets.values()], isPatient)
        for (const { keys, done } of callers) {
          const failure = keys.map((key) => outcome.get(key)).find((error) => error !== undefined)
          if (failure === undefined) done.resolve()
          else done.reject(failure)
        }
      } catch (error) {
        for (const { done } of callers) done.reject(asError(error))
      }
    }
    this.#running = undefined
  }
}

/** Where positions are, as offsets to commit. */
export function positionsToCommit(
  states: Iterable<TopicPartition & { readonly position: number | undefined; readonly positionEpoch: number }>,
): OffsetToCommit[] {
  return Array.from(states).flatMap(({ topic, partition, position, positionEpoch }) =>
    position === undefined ? [] : [{ topic, partition, offset: position, leaderEpoch: positionEpoch }],
  )
}
