import type { Init } from '@streamwright/protocol'
import type { ConsumerGroupHeartbeatRequest } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { WantedTopics } from '../subscription.ts'
import type { AssignedTopics } from './assigned-topics.ts'
import { isSameAssignment, topicPartitionsOf } from './assigned-topics.ts'

/** The first version in which brokers look for topics by a pattern. */
export const patternsFrom = 1

/** What a coordinator knows of a member from its heartbeats. */
interface Told {
  readonly wanted: WantedTopics
  readonly owned: AssignedTopics
}

/**
 * The fields of a member's heartbeats. A coordinator keeps what it was told: a heartbeat repeats of it only what has
 * changed, and after a failure, when it may not have been heard, everything.
 */
export class HeartbeatFields {
  readonly #settings: ConsumerSettings
  #told: Told | undefined

  constructor(settings: ConsumerSettings) {
    this.#settings = settings
  }

  /** The next heartbeat is a full one. */
  forget(): void {
    this.#told = undefined
  }

  /** What the next heartbeat says, for a version of the request. It counts as told from now on. */
  next(
    wanted: WantedTopics,
    owned: AssignedTopics,
  ): (version: number) => Omit<Init<ConsumerGroupHeartbeatRequest>, 'groupId'> {
    const told = this.#told
    const { clientRack, groupInstanceId: instanceId, groupRemoteAssignor, maxPollIntervalMs } = this.#settings
    this.#told = { wanted, owned }
    const tellsNames = told?.wanted.topics.join() !== wanted.topics.join()
    const tellsPattern = told === undefined ? wanted.pattern !== undefined : told.wanted.pattern !== wanted.pattern
    return (version) => ({
      instanceId,
      ...(told === undefined && {
        rackId: clientRack === '' ? null : clientRack,
        rebalanceTimeoutMs: maxPollIntervalMs,
        serverAssignor: groupRemoteAssignor,
      }),
      ...(tellsNames && { subscribedTopicNames: wanted.topics }),
      // An empty pattern is none any more.
      ...(tellsPattern && version >= patternsFrom && { subscribedTopicRegex: wanted.pattern ?? '' }),
      ...((told === undefined || !isSameAssignment(told.owned, owned)) && {
        topicPartitions: topicPartitionsOf(owned),
      }),
    })
  }
}
