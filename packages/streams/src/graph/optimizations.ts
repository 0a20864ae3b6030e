import { StreamsError } from '../errors.ts'

export const optimizations = [
  'reuse.ktable.source.topics',
  'merge.repartition.topics',
  'single.store.self.join',
] as const
export type Optimization = (typeof optimizations)[number]

/** Reads the setting `topology.optimization`: `none`, `all`, or a list of single ones separated by commas. */
export function readOptimizations(setting: string | undefined): ReadonlySet<Optimization> {
  if (setting === undefined || setting === 'none') return new Set()
  if (setting === 'all') return new Set(optimizations)
  const chosen = new Set<Optimization>()
  for (const part of setting.split(',')) {
    const known = optimizations.find((name) => name === part.trim())
    if (known === undefined) {
      throw new StreamsError(
        `topology.optimization is "${setting}": it must be none, all, or a list of ${optimizations.join(', ')}`,
        { code: 'INVALID_CONFIGURATION' },
      )
    }
    chosen.add(known)
  }
  return chosen
}
