/** Of what a metric tells: which thread, task, node, topic. */
export type MetricTags = Readonly<Record<string, string>>

/** One figure at the moment it was asked for. Java: `Metric` with its `MetricName`. */
export interface Metric {
  readonly name: string
  /** `stream-metrics`, `stream-thread-metrics`, `stream-task-metrics`, … */
  readonly group: string
  readonly description: string
  readonly tags: MetricTags
  /** NaN where nothing was recorded lately; text where Java has text. */
  readonly value: number | string
}

/** What {@link Metrics.get} and its kin look for besides a name. */
export interface MetricFilter {
  readonly group?: string
  /** These tags, among others. */
  readonly tags?: MetricTags
}

/** All figures of one moment. Later ones are asked for anew. */
export class Metrics implements Iterable<Metric> {
  readonly #metrics: readonly Metric[]

  constructor(metrics: readonly Metric[]) {
    this.#metrics = metrics
  }

  get size(): number {
    return this.#metrics.length
  }

  /** The first of this name; undefined when there is none. */
  get(name: string, filter: MetricFilter = {}): Metric | undefined {
    return this.#metrics.find((metric) => metric.name === name && matches(metric, filter))
  }

  /** All of this name: of each thread, task, node. */
  all(name: string, filter: MetricFilter = {}): readonly Metric[] {
    return this.#metrics.filter((metric) => metric.name === name && matches(metric, filter))
  }

  /** The sum over threads, tasks and nodes of a metric that counts: what ends in `-total` or `-count`. */
  sum(name: string, filter: MetricFilter = {}): number {
    return this.all(name, filter).reduce((sum, { value }) => sum + Number(value), 0)
  }

  [Symbol.iterator](): Iterator<Metric> {
    return this.#metrics.values()
  }
}

function matches({ group, tags }: Metric, filter: MetricFilter): boolean {
  if (filter.group !== undefined && filter.group !== group) return false
  return Object.entries(filter.tags ?? {}).every(([tag, value]) => tags[tag] === value)
}
