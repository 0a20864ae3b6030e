import { ErrorCode, errorInfo, kafkaError } from '@streamwright/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicMetadata } from '../cluster/topic-metadata.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import { compareText } from './topic-partition.ts'
import type { TopicRefresher } from './topic-refresher.ts'

/** How often it is looked for topics that are missing. */
const lookIntervalMs = 100

/** A pattern that the brokers compare with names of topics, in RE2's syntax. Only by the consumer protocol (KIP-848). */
export interface SubscriptionPattern {
  readonly pattern: string
}

/** Topics by name, and the pattern by which the brokers look for more. */
export interface WantedTopics {
  readonly topics: readonly string[]
  readonly pattern: string | undefined
}

/** What a consumer has asked to read: topics by name, all that a pattern matches, or partitions by hand. */
export class Subscription {
  readonly #cluster: Cluster
  readonly #settings: ConsumerSettings
  #wanted: ReadonlySet<string> | RegExp | SubscriptionPattern | undefined
  #matched: readonly string[] = []
  #manual = false
  /** Refusals that a poll has thrown. */
  readonly #told = new WeakSet<TopicMetadata>()
  #lookedAtMs = -Infinity
  #listedAtMs = -Infinity
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
  set(topics: readonly string[] | RegExp | SubscriptionPattern): boolean {
    const replaced = this.#wanted !== undefined
    // A pattern with these flags would remember where its last match ended.
    if (topics instanceof RegExp) this.#wanted = new RegExp(topics.source, topics.flags.replaceAll(/[gy]/g, ''))
    else this.#wanted = 'pattern' in topics ? topics : new Set(topics)
    this.#listedAtMs = -Infinity
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

  /** What is asked for right now, for members whose coordinator assigns. */
  async wantedTopics(): Promise<WantedTopics> {
    const wanted = this.#wanted
    return { topics: await this.topics(), pattern: isPattern(wanted) ? wanted.pattern : undefined }
  }

  /** The topics by name, for joining the group. */
  async topics(): Promise<readonly string[]> {
    if (this.#wanted === undefined || isPattern(this.#wanted)) return []
    if (this.#wanted instanceof RegExp) {
      await this.#cluster.topicMetadata('all')
      this.#matched = this.#matches(this.#wanted)
    } else {
      this.#matched = [...this.#wanted].toSorted(compareText)
      await this.#cluster.topicMetadata(this.#matched, { allowAutoCreate: this.#settings.allowAutoCreateTopics })
    }
    return this.#matched
  }

  /** Whether the topic is one of those that were asked for. */
  includes(topic: string): boolean {
    if (this.#wanted instanceof RegExp) return this.#matched.includes(topic) || this.#wanted.test(topic)
    return isPattern(this.#wanted) || this.#wanted?.has(topic) === true
  }

  /**
   * Keeps what is known of topics up to date: asks for those that are missing until they are there, and every so often
   * for new ones that a pattern matches. `others` are topics of assigned partitions. Called by each poll. Throws what the
   * brokers hold against a topic for good, once for each time that they are asked: its name is not one, or is forbidden.
   */
  watch(refresher: TopicRefresher, nowMs: number, others: Iterable<string>): void {
    if (nowMs - this.#lookedAtMs < lookIntervalMs) return
    this.#lookedAtMs = nowMs
    const named = this.#wanted instanceof Set ? this.#wanted : this.#wanted instanceof RegExp ? this.#matched : []
    let refused: TopicMetadata | undefined
    for (const topic of new Set([...named, ...others])) {
      this.#cluster.markUsed(topic)
      const known = this.#cluster.cachedTopic(topic)
      if (known === undefined || known.errorCode !== 0) refresher.refresh(topic)
      if (known !== undefined && isRefused(known) && !this.#told.has(known)) refused = known
    }
    if (refused !== undefined) {
      this.#told.add(refused)
      throw kafkaError(refused.errorCode, `Topic ${refused.topic} cannot be read`)
    }
    if (!(this.#wanted instanceof RegExp)) return
    // Earlier than topics that nobody uses are forgotten.
    const intervalMs = Math.min(this.#settings.metadataMaxAgeMs, this.#settings.metadataMaxIdleMs / 2)
    if (nowMs - this.#listedAtMs < intervalMs) return
    if (this.#listedAtMs > -Infinity) refresher.refreshAll()
    this.#listedAtMs = nowMs
  }

  /** Whether a pattern matches other topics than when the group was joined. */
  hasChanged(): boolean {
    if (!(this.#wanted instanceof RegExp)) return false
    const now = this.#matches(this.#wanted)
    return now.length !== this.#matched.length || now.some((topic, index) => topic !== this.#matched[index])
  }

  #matches(pattern: RegExp): string[] {
    return this.#cluster.knownTopics
      .filter(({ errorCode }) => errorCode === 0)
      .filter(({ topic, isInternal }) => pattern.test(topic) && !(isInternal && this.#settings.excludeInternalTopics))
      .map(({ topic }) => topic)
      .toSorted(compareText)
  }
}

/** Asking again does not help. */
function isRefused({ errorCode }: TopicMetadata): boolean {
  return errorCode !== ErrorCode.NONE && !errorInfo(errorCode).retriable
}

function isPattern(wanted: object | undefined): wanted is SubscriptionPattern {
  return wanted !== undefined && 'pattern' in wanted
}
