import type { Deferred } from '@streamwright/std'
import { deferred } from '@streamwright/std'
import type { PendingWork } from '../asynchronous/pending-work.ts'
import type { CurrentRecordContext } from '../processor/record-context.ts'

/** A node whose results come later. Errors of `complete` are handled as errors of `process`. */
export interface CompletingNode {
  complete(run: () => void): void
}

/** What the asynchronous operators of one task are working on. */
export class AsynchronousWork {
  readonly #operators: { readonly node: CompletingNode; readonly work: PendingWork }[] = []
  readonly #onProgress: () => void
  #next: Deferred<void> | undefined

  /** `onProgress`: an attempt has ended, so that there may be a result to pass on. */
  constructor(onProgress: () => void) {
    this.#onProgress = onProgress
  }

  add(node: CompletingNode, work: PendingWork): void {
    this.#operators.push({ node, work })
  }

  /** Called by the operators. */
  progressed(): void {
    this.#next?.resolve()
    this.#next = undefined
    this.#onProgress()
  }

  /** Records inside the operators. */
  get size(): number {
    return this.#operators.reduce((sum, { work }) => sum + work.size, 0)
  }

  /** Calls that run at this moment. */
  get running(): number {
    return this.#operators.reduce((sum, { work }) => sum + work.running, 0)
  }

  /** Whether one operator can take no more records. */
  get isFull(): boolean {
    return this.#operators.some(({ work }) => work.isFull)
  }

  /** Passes on what has come, each result in the context of its record. False when there was none. */
  deliver(context: CurrentRecordContext): boolean {
    let any = false
    for (const { node, work } of this.#operators) {
      for (let next = work.takeResult(); next !== undefined; next = work.takeResult()) {
        context.restore(next.context)
        node.complete(next.complete)
        any = true
      }
    }
    return any
  }

  /** Resolves when the next attempt has ended. */
  nextProgress(): Promise<void> {
    this.#next ??= deferred()
    return this.#next.promise
  }

  abort(): void {
    for (const { work } of this.#operators) work.abort()
    this.#operators.length = 0
    this.#next?.resolve()
    this.#next = undefined
  }
}
