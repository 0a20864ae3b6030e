import { metricTopicsMax } from '../limits.ts'

/** What stands for topics that are none, or are one too many. No topic can have this name. */
export const otherTopics = '(other)'

/** Counters of one topic since the start. */
export interface TopicCounters {
  messagesIn: number
  bytesIn: number
  bytesOut: number
  produceRequests: number
  fetchRequests: number
  failedProduceRequests: number
  failedFetchRequests: number
}

/** What is written to and read from each topic. One look-up for each partition of a request. */
export class TopicMetrics {
  readonly #topics = new Map<string, TopicCounters>()
  readonly #others = noCounts()

  all(): ReadonlyMap<string, TopicCounters> {
    return new Map([...this.#topics, [otherTopics, this.#others]])
  }

  appended(topic: string, messages: number, bytes: number): void {
    const counters = this.#of(topic)
    counters.produceRequests += 1
    counters.messagesIn += messages
    counters.bytesIn += bytes
  }

  /** `topic`: undefined where there is none: names that clients make up are no labels. */
  appendFailed(topic: string | undefined): void {
    const counters = topic === undefined ? this.#others : this.#of(topic)
    counters.produceRequests += 1
    counters.failedProduceRequests += 1
  }

  fetched(topic: string, bytes: number): void {
    const counters = this.#of(topic)
    counters.fetchRequests += 1
    counters.bytesOut += bytes
  }

  /** What was fetched is kept back, because the client is to wait. */
  keptBack(topic: string, bytes: number): void {
    this.#of(topic).bytesOut -= bytes
  }

  fetchFailed(topic: string | undefined): void {
    const counters = topic === undefined ? this.#others : this.#of(topic)
    counters.fetchRequests += 1
    counters.failedFetchRequests += 1
  }

  /** The topic was deleted: as with Kafka, its series end. */
  forget(topic: string): void {
    this.#topics.delete(topic)
  }

  #of(topic: string): TopicCounters {
    let counters = this.#topics.get(topic)
    if (counters === undefined) {
      if (this.#topics.size >= metricTopicsMax) return this.#others
      this.#topics.set(topic, (counters = noCounts()))
    }
    return counters
  }
}

function noCounts(): TopicCounters {
  return {
    messagesIn: 0,
    bytesIn: 0,
    bytesOut: 0,
    produceRequests: 0,
    fetchRequests: 0,
    failedProduceRequests: 0,
    failedFetchRequests: 0,
  }
}
