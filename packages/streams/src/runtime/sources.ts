import { NoOffsetError } from '@streamwright/client'
import type { OffsetResetPolicy } from '@streamwright/client'
import { StreamsError } from '../errors.ts'
import type {
  OffsetReset,
  SourceDefinition,
  SubtopologyDefinition,
  TopologyDefinition,
} from '../topology/definition.ts'
import { unitedPattern, wholePattern } from '../topology/topic-pattern.ts'

interface PatternSource {
  readonly pattern: RegExp
  readonly source: SourceDefinition
  readonly subtopology: SubtopologyDefinition
}

/** What a topology reads: which topics, for which sub-topology, and from where on. */
export class Sources {
  readonly #byTopic = new Map<string, { source: SourceDefinition; subtopology: SubtopologyDefinition }>()
  readonly #patterns: PatternSource[] = []

  constructor(definition: TopologyDefinition) {
    for (const subtopology of definition.subtopologies) {
      for (const source of subtopology.nodes) {
        if (source.kind !== 'source') continue
        if (source.topics instanceof RegExp)
          this.#patterns.push({ pattern: wholePattern(source.topics), source, subtopology })
        else for (const topic of source.topics) this.#byTopic.set(topic, { source, subtopology })
      }
    }
  }

  /** What the group is asked for: topics by name, or by one pattern for all of them if there is a pattern among them. */
  get subscription(): readonly string[] | RegExp {
    const topics = [...this.#byTopic.keys()]
    if (this.#patterns.length === 0) return topics
    const patterns = this.#patterns.flatMap(({ source: { topics: pattern } }) =>
      pattern instanceof RegExp ? [pattern] : [],
    )
    return unitedPattern(topics, patterns)
  }

  /** The sub-topology that reads a topic. */
  subtopologyOf(topic: string): SubtopologyDefinition | undefined {
    return this.#of(topic)?.subtopology
  }

  /** The policy of its own that a topic has; undefined leaves it to `auto.offset.reset`. */
  offsetResetOf(topic: string): OffsetResetPolicy | undefined {
    const reset = this.#of(topic)?.source.offsetReset
    return reset === undefined ? undefined : policyOf(reset)
  }

  #of(topic: string): { source: SourceDefinition; subtopology: SubtopologyDefinition } | undefined {
    return this.#byTopic.get(topic) ?? this.#patterns.find(({ pattern }) => pattern.test(topic))
  }
}

function policyOf(reset: OffsetReset): OffsetResetPolicy {
  return typeof reset === 'string' ? { kind: reset } : { kind: 'duration', durationMs: reset.byDurationMs }
}

/** A source without a place to begin is for the topology to mend. */
export function explained(error: unknown): unknown {
  if (!(error instanceof NoOffsetError)) return error
  return new StreamsError(
    `No valid committed offset found for input ${error.topic}, and no valid reset policy configured. Give the source an offsetReset of earliest, latest or { byDurationMs }, set auto.offset.reset of the consumer, or commit an offset`,
    { code: error.code, cause: error },
  )
}
