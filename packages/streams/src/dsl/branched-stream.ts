import type { Branch } from '../operators/stream-branch.ts'
import type { Predicate } from './functions.ts'
import type { StreamPlace } from './inner.ts'
import type { NamedOptions } from './options.ts'
import type { KStream } from './stream.ts'
import { ProcessorGraphNode } from '../graph/processor-nodes.ts'
import { StreamBranch } from '../operators/stream-branch.ts'
import { PassThrough } from '../operators/stream-peek.ts'
import { validateName } from '../topology/names.ts'

/** Java: `Branched`. */
export interface BranchedOptions<K, V> extends NamedOptions {
  /** Applied to the branch; what it returns stands in the map, null leaves the branch out. */
  readonly function?: (branch: KStream<K, V>) => KStream<K, V> | null
  /** Called with the branch, which then is not in the map. */
  readonly consumer?: (branch: KStream<K, V>) => void
}

/** A split on its way: add branches in order, and close with a default branch or none. */
export class BranchedKStream<K, V> {
  readonly #place: StreamPlace
  readonly #name: string
  readonly #node: ProcessorGraphNode
  readonly #branches: Branch<unknown, unknown>[] = []
  readonly #streams = new Map<string, KStream<K, V>>()

  constructor(place: StreamPlace, options: NamedOptions) {
    this.#place = place
    this.#name = place.builder.names.named(options.name, 'KSTREAM-BRANCH-')
    const branches = this.#branches
    this.#node = new ProcessorGraphNode(this.#name, () => new StreamBranch(branches))
    place.builder.addNode([place.node], this.#node)
  }

  /** Records for which the predicate holds and that no earlier branch took. Unnamed ones are numbered from 1. */
  branch(predicate: Predicate<K, V>, options: BranchedOptions<K, V> = {}): this {
    this.#add(predicate, options, String(this.#branches.length + 1))
    return this
  }

  /** All other records; unnamed, its number is 0. Returns the branches by name. */
  defaultBranch(options: BranchedOptions<K, V> = {}): ReadonlyMap<string, KStream<K, V>> {
    this.#add(undefined, options, '0')
    return this.#streams
  }

  /** Leaves all other records out. Returns the branches by name. */
  noDefaultBranch(): ReadonlyMap<string, KStream<K, V>> {
    return this.#streams
  }

  #add(predicate: Predicate<K, V> | undefined, options: BranchedOptions<K, V>, number: string): void {
    const { builder } = this.#place
    if (options.name !== undefined) validateName(options.name)
    const name = `${this.#name}${options.name ?? number}`
    // Records are typed here; the node passes them on as unknown.
    this.#branches.push({ childName: name, predicate: predicate as Predicate<unknown, unknown> | undefined })
    builder.names.processor(name)
    const node = new ProcessorGraphNode(name, () => new PassThrough<unknown, unknown>())
    builder.addNode([this.#node], node)
    const stream = builder.dsl.stream<K, V>({ ...this.#place, node, name })
    if (options.function !== undefined) {
      const result = options.function(stream)
      if (result !== null) this.#streams.set(name, result)
    } else if (options.consumer === undefined) {
      this.#streams.set(name, stream)
    } else {
      options.consumer(stream)
    }
  }
}
