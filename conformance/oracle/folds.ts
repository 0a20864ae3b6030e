import type { Random } from '@streamwright/std'
import type { Aggregator } from '@streamwright/streams'
import { chance, pick } from './scenario.ts'

/** An aggregate that can be changed in place, which shows whoever shares one that he should not. */
export interface Collected {
  values: string[]
}

/** How values are combined: the function for the operator, and what a list of values comes to. */
export interface Fold {
  readonly name: string
  readonly initializer: () => Collected
  readonly aggregator: Aggregator<string, string | null, Collected>
  /** What has been aggregated after all of these values; null when the row is deleted. */
  of(values: readonly (string | null)[]): Collected | null
}

function textOf(value: string | null): string {
  return value ?? '-'
}

/** Collects values in the order of arrival, in place or by making a new aggregate; one value may delete the row. */
export function randomFold(random: Random, mayDelete: boolean): Fold {
  const inPlace = chance(random, 0.5)
  const deletes = mayDelete && chance(random, 0.3)
  const isDeleting = (value: string | null): boolean => deletes && value === 'x'
  return {
    name: `${inPlace ? 'in place' : 'anew'}${deletes ? ', x deletes' : ''}`,
    initializer: () => ({ values: [] }),
    aggregator(_key, value, aggregate) {
      if (isDeleting(value)) return null
      if (!inPlace) return { values: [...aggregate.values, textOf(value)] }
      aggregate.values.push(textOf(value))
      return aggregate
    },
    of(values) {
      const last = values.findLastIndex(isDeleting)
      const kept = values.slice(last + 1)
      return kept.length === 0 ? null : { values: kept.map(textOf) }
    },
  }
}

/** How a result is used: as it is, or grouped anew, which needs the old value of each change. */
export type Use = 'rows' | 'regrouped'

export function randomUse(random: Random): Use {
  return pick(random, ['rows', 'rows', 'regrouped'])
}
