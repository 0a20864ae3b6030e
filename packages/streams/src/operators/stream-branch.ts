import type { Record } from '../processor/record.ts'
import { StatelessOperator } from './stateless.ts'

export interface Branch<K, V> {
  readonly childName: string
  /** Undefined for the branch of all that no other took. */
  readonly predicate: ((key: K, value: V) => boolean) | undefined
}

/** `split`: each record goes to the first branch that takes it, or nowhere. */
export class StreamBranch<K, V> extends StatelessOperator<K, V, K, V> {
  readonly #branches: readonly Branch<K, V>[]

  constructor(branches: readonly Branch<K, V>[]) {
    super()
    this.#branches = branches
  }

  process(record: Record<K, V>): void {
    for (const { childName, predicate } of this.#branches) {
      if (predicate !== undefined && !predicate(record.key, record.value)) continue
      this.context.forward(record, childName)
      return
    }
  }
}
