import type { StreamPlace, TablePlace } from './inner.ts'

/**
 * Notes that both sides of a join must have the same number of partitions, and returns the sources of the result. Java:
 * `AbstractStream.ensureCopartitionWith`.
 */
export function copartition(left: StreamPlace | TablePlace, right: StreamPlace | TablePlace): ReadonlySet<string> {
  const sources = new Set([...left.sources, ...right.sources])
  left.builder.copartition(sources)
  return sources
}
