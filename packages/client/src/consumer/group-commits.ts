import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import { clientChannels } from '../diagnostics.ts'
import { keyOf } from './topic-partition.ts'
import type { GroupMetadata } from './assignors/assignor.ts'
import { CommitFailedError } from './consumer-errors.ts'
import type { GroupMember } from './group/group-member.ts'
import { CommitQueue } from './offsets/commit-queue.ts'
import type { CommitOutcome, GroupOffsets, OffsetToCommit } from './offsets/group-offsets.ts'

/** Commits in the name of a member of the group, or of nobody in particular where partitions were assigned by hand. */
export class GroupCommits {
  readonly #offsets: GroupOffsets
  readonly #member: GroupMember
  readonly #sender: () => GroupMetadata
  readonly #isMember: () => boolean
  readonly #timeoutMs: number
  readonly #environment: Environment
  readonly #committed: (offsets: readonly OffsetToCommit[]) => void
  readonly #queue: CommitQueue

  constructor(options: {
    readonly offsets: GroupOffsets
    readonly member: GroupMember
    /** In whose name to commit. */
    readonly sender: () => GroupMetadata
    /** Whether that is a member, who may commit only while it is one. */
    readonly isMember: () => boolean
    readonly timeoutMs: number
    readonly environment: Environment
    /** What has succeeded. */
    readonly committed: (offsets: readonly OffsetToCommit[]) => void
  }) {
    this.#offsets = options.offsets
    this.#member = options.member
    this.#sender = options.sender
    this.#isMember = options.isMember
    this.#timeoutMs = options.timeoutMs
    this.#environment = options.environment
    this.#committed = options.committed
    this.#queue = new CommitQueue((offsets, isPatient) => this.#commitAndTell(offsets, isPatient))
  }

  /**
   * Resolves when the offsets are committed, after all that were to be committed before. Rejects with
   * {@link CommitFailedError} when the group has moved on without this member, and with the `KafkaError`
   * REBALANCE_IN_PROGRESS when it is about to: poll, and commit what is still assigned. `isPatient`: topics that do not
   * exist may come to do so, within `default.api.timeout.ms`.
   */
  commit(offsets: readonly OffsetToCommit[], isPatient = true): Promise<void> {
    return this.#queue.add(offsets, isPatient)
  }

  async #commitAndTell(offsets: readonly OffsetToCommit[], isPatient: boolean): Promise<CommitOutcome> {
    const { clock } = this.#environment
    const startMs = clock.monotonicMs()
    const tell = (error: Error | undefined): void => {
      if (!clientChannels.commit.hasSubscribers) return
      const { groupId } = this.#sender()
      clientChannels.commit.publish({ groupId, partitions: offsets, durationMs: clock.monotonicMs() - startMs, error })
    }
    try {
      const outcome = await this.#commit(offsets, isPatient)
      const committed = offsets.filter((offset) => outcome.get(keyOf(offset)) === undefined)
      if (committed.length > 0) this.#committed(committed)
      tell(outcome.values().find((error) => error !== undefined))
      return outcome
    } catch (error) {
      tell(asError(error))
      throw error
    }
  }

  async #commit(offsets: readonly OffsetToCommit[], isPatient: boolean): Promise<CommitOutcome> {
    let sender = this.#requireSender()
    const requireSender = (): GroupMetadata => (sender = this.#requireSender())
    const outcome = await this.#offsets.commit(offsets, requireSender, this.#timeoutMs, isPatient)
    const seen = new Map<number, Error>()
    return new Map(Array.from(outcome, ([key, error]) => [key, this.#translate(error, sender, seen)]))
  }

  #requireSender(): GroupMetadata {
    const sender = this.#sender()
    // In nobody's name the coordinator of an empty group would take it, whoever has the partitions next.
    if (this.#isMember() && sender.generationId < 0)
      throw new CommitFailedError(kafkaError(ErrorCode.UNKNOWN_MEMBER_ID, 'this consumer is not in its group now'))
    return sender
  }

  /** `seen`: the group has one thing against a member, however many partitions it commits. */
  #translate(error: Error | undefined, sender: GroupMetadata, seen: Map<number, Error>): Error | undefined {
    if (!(error instanceof KafkaError) || !this.#isMember()) return error
    const known = seen.get(error.errorCode)
    if (known !== undefined) return known
    const translated = this.#member.commitRefused(error, sender)
    if (translated !== error) seen.set(error.errorCode, translated)
    return translated
  }
}
