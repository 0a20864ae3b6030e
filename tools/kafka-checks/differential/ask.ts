import type { Random } from '@streamwright/std'

/** One request, the same for both brokers but for what a `Reference` in its body stands for. */
export interface Ask {
  readonly api: number
  readonly version: number
  /** The fields of all versions; those that the version does not have are left out. */
  readonly body: object
  /** Requests of another connection may wait while this one's go on. Default: one that all share. */
  readonly connection?: string
  /** Names, for later references, of fields of the answer. */
  readonly learn?: Readonly<Record<string, string>>
  /** It changes what the next one finds, though others of its kind do not. */
  readonly isOnce?: boolean
  /** The broker says nothing to it (acks=0): whether the connection lives on is compared. */
  readonly isSilent?: boolean
  /** Bytes of the request to be set to another value, each by its place from the end of the header. */
  readonly damage?: (body: Buffer) => Buffer
}

/** Requests in order, or some that are under way at once, on connections of their own. */
export type Step = Ask | readonly Ask[]

/** A field of requests: what they are about, by a source of randomness that is the same in each run. */
export interface Area {
  readonly name: string
  /** Requests that come first, one after the other. */
  prepare(choice: Choice): readonly Step[]
  next(choice: Choice): Step
}

/** Picks by a seeded source. */
export class Choice {
  readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  of<Value>(values: readonly Value[]): Value {
    const value = values[this.random.below(values.length)]
    if (value === undefined && !values.includes(value as Value)) throw new Error('There is nothing to choose from')
    return value as Value
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.random.below(times) === 0
  }

  /** Up to `most` of the values, now and then the same one twice. */
  some<Value>(values: readonly Value[], most: number): Value[] {
    return Array.from({ length: this.random.below(most + 1) }, () => this.of(values))
  }

  /** The likely value, or now and then another. */
  mostly<Likely, Other>(likely: Likely, others: readonly Other[], times = 4): Likely | Other {
    return this.once(times) ? this.of(others) : likely
  }

  between(least: number, most: number): number {
    return least + this.random.below(most - least + 1)
  }

  /** One of several ways to make a step. */
  step(ways: readonly (() => Step)[]): Step {
    return this.of(ways)()
  }
}
