import type { Cluster } from '../cluster/cluster.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import { compareText } from './topic-partition.ts'

/** What a consumer has asked to read: topics by name, all that a pattern matches, or partitions by hand. */
export class Subscription {
  readonly #cluster: Cluster
  readonly #settings: ConsumerSettings
  #wanted: ReadonlySet<string> | RegExp | undefined
  #matched: readonly string[] = []
  #manual = false
  /** Whether anything was ever asked for: an empty assignment is one, too. */
  wasSet = false

  constructor(cluster: Cluster, settings: ConsumerSettings) {
    this.#cluster = cluster
    this.#settings = settings
  }

  get isActive(): boolean {
    return this.#wanted !== undefined
  }

  get isManual(): boolean {
    return this.#manual
  }

  /** True when an earlier subscription was replaced, so that the group has to be told. */
  set(topics: readonly string[] | RegExp): boolean {
    const replaced = this.#wanted !== undefined
    this.#wanted = topics instanceof RegExp ? topics : new Set(topics)
    this.wasSet = true
    return replaced
  }

  setManual(manual: boolean): void {
    this.#manual = manual
    this.wasSet = true
  }

  clear(): void {
    this.#wanted = undefined
    this.#manual = false
  }

  /** The topics by name, for joining the group. */
  async topics(): Promise<readonly string[]> {
    if (this.#wanted === undefined) return []
    if (this.#wanted instanceof RegExp) {
      await this.#cluster.topicMetadata('all')
      this.#matched = this.#matches(this.#wanted)
    } else {
      this.#matched = [...this.#wanted].toSorted(compareText)
      await this.#cluster.topicMetadata(this.#matched, { allowAutoCreate: this.#settings.allowAutoCreateTopics })
    }
    return this.#matched
  }

  /** Whether a pattern matches other topics than when the group was joined. */
  hasChanged(): boolean {
    if (!(this.#wanted instanceof RegExp)) return false
    const now = this.#matches(this.#wanted)
    return now.length !== this.#matched.length || now.some((topic, index) => topic !== this.#matched[index])
  }

  #matches(pattern: RegExp): string[] {
    return this.#cluster.knownTopics
      .filter(({ topic, isInternal }) => pattern.test(topic) && !(isInternal && this.#settings.excludeInternalTopics))
      .map(({ topic }) => topic)
      .toSorted(compareText)
  }
}
