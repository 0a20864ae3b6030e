import { ErrorCode } from '@streamwright/protocol'
import { asError } from '@streamwright/std'
import { regexRefreshIntervalMinMs } from '../../limits.ts'
import { compileRegex, matchingNames } from '../../regular-expression.ts'
import { GroupError } from '../group-error.ts'
import type { ConsumerContext } from './consumer-context.ts'
import { asItIs } from './consumer-context.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import { isSameSet, regexOf } from './consumer-group-member.ts'
import type { ConsumerGroupChange, ResolvedRegex } from './consumer-group-records.ts'
import { metadataHash } from './metadata-hash.ts'

/** What is wrong with a regular expression that somebody wants to subscribe by; `undefined`: nothing. */
export async function regexProblem(regex: string | null): Promise<string | undefined> {
  if (regex === null || regex === '') return undefined
  const compiled = await compileRegex(regex)
  return typeof compiled === 'string' ? compiled : undefined
}

/** An expression is looked at when the group gets its first subscriber by it. Throws a {@link GroupError}. */
export function checkRegex(
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  updated: ConsumerGroupMember,
  problem: string | undefined,
): void {
  const regex = regexOf(updated)
  if (regex === undefined || problem === undefined || regex === regexOf(member)) return
  if (group.subscriberCount(regex) > 0) return
  throw new GroupError(
    ErrorCode.INVALID_REGULAR_EXPRESSION,
    `SubscribedTopicRegex \`${regex}\` is not a valid regular expression: ${problem}.`,
  )
}

/**
 * Finds which topics match the regular expressions of a group: beside its requests, as there may be many topics, and
 * not too often. What was found is written like all else; the group goes to its next epoch when it is news.
 */
export class TopicRegexes {
  readonly #context: ConsumerContext

  constructor(context: ConsumerContext) {
    this.#context = context
  }

  /**
   * To be called with each request of a member: nobody else asks what has become of the topics. It finds those that who
   * asks may know of.
   */
  refreshIfDue(group: ConsumerGroup, mayDescribe: (topic: string) => boolean): void {
    if (group.isResolvingRegexes) return
    const regexes = subscribedRegexes(group)
    if (regexes.size === 0) return
    const nowMs = this.#context.environment.clock.wallMs()
    const [last] = group.regexes.values()
    if (last !== undefined && nowMs <= last.timestampMs + regexRefreshIntervalMinMs) return
    const isDue =
      last === undefined ||
      regexes.size !== group.regexes.size ||
      last.version < this.#context.topics.creationVersion ||
      nowMs > last.timestampMs + this.#context.settings.groupConsumerRegexRefreshIntervalMs
    if (!isDue) return
    group.isResolvingRegexes = true
    this.#refresh(group, regexes, mayDescribe)
      .catch((error: unknown) => {
        this.#context.environment.log.warn('Regular expressions could not be resolved', {
          group: group.id,
          error: asError(error),
        })
      })
      .finally(() => {
        group.isResolvingRegexes = false
      })
  }

  async #refresh(
    group: ConsumerGroup,
    regexes: ReadonlySet<string>,
    mayDescribe: (topic: string) => boolean,
  ): Promise<void> {
    const { environment, topics } = this.#context
    const seen = { version: topics.version, timestampMs: environment.clock.wallMs() }
    const names = [...topics.all()].map(({ name }) => name).filter(mayDescribe)
    const found = new Map<string, ResolvedRegex>()
    for (const regex of regexes) {
      // One after the other, each in slices: the requests of others come first.
      // oxlint-disable-next-line no-await-in-loop
      const compiled = await compileRegex(regex)
      if (typeof compiled === 'string') continue
      // oxlint-disable-next-line no-await-in-loop
      found.set(regex, { topics: await matchingNames(compiled, names, environment.timers), ...seen })
    }
    if (this.#context.isCurrent(group)) await this.#note(group, found)
  }

  async #note(group: ConsumerGroup, found: ReadonlyMap<string, ResolvedRegex>): Promise<void> {
    const changes: ConsumerGroupChange[] = []
    const regexes = new Map(group.regexes)
    const subscribed = subscribedRegexes(group)
    let isNews = false
    for (const [regex, value] of found) {
      if (!subscribed.has(regex)) continue
      if (!isSameSet(regexes.get(regex)?.topics ?? new Set(), value.topics)) isNews = true
      regexes.set(regex, value)
      changes.push({ kind: 'regex', regex, value })
    }
    const names = new Set([...regexes.values()].flatMap(({ topics }) => [...topics]))
    for (const member of group.members) for (const name of member.subscribedTopicNames) names.add(name)
    const hash = metadataHash(names, (name) => this.#context.topics.get(name))
    if (isNews || hash !== group.metadataHash) {
      const epoch = group.epoch + 1
      changes.push({ kind: 'group', value: { epoch, metadataHash: hash } })
      group.noteTopicsSeen(this.#context.topics.version, epoch)
    }
    if (changes.length > 0) await this.#context.commit(asItIs(group), changes)
  }
}

function subscribedRegexes(group: ConsumerGroup): ReadonlySet<string> {
  const regexes = new Set<string>()
  for (const member of group.members) {
    const regex = regexOf(member)
    if (regex !== undefined) regexes.add(regex)
  }
  return regexes
}
