import { AsyncLocalStorage } from 'node:async_hooks'
import type { RebalanceEvent } from '../diagnostics.ts'
import { clientChannels } from '../diagnostics.ts'
import type { MemberAssignment, RebalanceProtocol } from './assignors/assignor.ts'
import type { Assignment } from './assignment.ts'
import type { TakeOverSteps } from './group/classic-member.ts'
import type { Subscription } from './subscription.ts'
import type { TopicPartition } from './topic-partition.ts'
import { keyOf } from './topic-partition.ts'

/** Told of what a rebalance takes and gives. The group goes on when the returned promise resolves. */
export interface RebalanceListener {
  onPartitionsAssigned?(partitions: readonly TopicPartition[]): void | Promise<void>
  /** The last chance to commit: nobody else reads these partitions yet. */
  onPartitionsRevoked?(partitions: readonly TopicPartition[]): void | Promise<void>
  /** Others own these already. Default: as revoked. */
  onPartitionsLost?(partitions: readonly TopicPartition[]): void | Promise<void>
}

/** Carries out what a rebalance means for the partitions of this consumer, and tells the application. */
export class Rebalance {
  readonly #assignment: Assignment
  readonly #subscription: Subscription
  readonly #groupId: string
  readonly #commit: () => Promise<void>
  readonly #calls = new AsyncLocalStorage<{ isRunning: boolean }>()
  listener: RebalanceListener = {}

  /** `commit` saves positions before partitions go, if that is automatic; it never rejects. */
  constructor(assignment: Assignment, subscription: Subscription, groupId: string, commit: () => Promise<void>) {
    this.#groupId = groupId
    this.#assignment = assignment
    this.#subscription = subscription
    this.#commit = commit
  }

  /** Before joining: the eager protocol gives up everything, the cooperative one what is not subscribed to any more. */
  async prepare(protocol: RebalanceProtocol): Promise<void> {
    await this.#commit()
    const owned = this.#assignment.places()
    await this.revoke(protocol === 'eager' ? owned : owned.filter(({ topic }) => !this.#subscription.includes(topic)))
  }

  /** Gives up partitions, with a last word to the application, and stops reading them even if that fails. */
  async revoke(partitions: readonly TopicPartition[]): Promise<void> {
    if (partitions.length === 0) return
    try {
      await this.#tell('revoked', partitions, (listener) => listener.onPartitionsRevoked?.(partitions))
    } finally {
      this.#assignment.remove(partitions)
    }
  }

  /**
   * Owns exactly these partitions from now on: commits, gives up the others, takes the new ones. What a listener fails
   * on is tried again by the next call: what it did not give up is still owned, what it did not take is not yet. When
   * `isCurrent` says no in between, stops and resolves with false.
   */
  async reconcile(partitions: readonly TopicPartition[], isCurrent: () => boolean): Promise<boolean> {
    await this.#commit()
    if (!isCurrent()) return false
    const wanted = new Set(partitions.map(keyOf))
    const given = this.#assignment.places().filter((place) => !wanted.has(keyOf(place)))
    if (given.length > 0) {
      await this.#tell('revoked', given, (listener) => listener.onPartitionsRevoked?.(given))
      this.#assignment.remove(given)
    }
    if (!isCurrent()) return false
    const added = partitions.filter((place) => !this.#assignment.has(place))
    this.#assignment.set(partitions)
    try {
      await this.#tell('assigned', added, (listener) => listener.onPartitionsAssigned?.(added))
    } catch (error) {
      this.#assignment.remove(added)
      throw error
    }
    return isCurrent()
  }

  /** Everything is somebody else's already. */
  async lose(): Promise<void> {
    const lost = this.#assignment.places()
    this.#assignment.set([])
    if (lost.length === 0) return
    await this.#tell('lost', lost, (listener) =>
      listener.onPartitionsLost === undefined ? listener.onPartitionsRevoked?.(lost) : listener.onPartitionsLost(lost),
    )
  }

  /**
   * Reads what was assigned from now on. What somebody else gets is given up first; then the group rebalances again,
   * and hands it over.
   */
  async takeOver(
    { partitions }: MemberAssignment,
    protocol: RebalanceProtocol,
    { tellAssignor, rejoin }: TakeOverSteps,
  ): Promise<void> {
    const foreign = partitions.find(({ topic }) => !this.#subscription.includes(topic))
    if (foreign !== undefined) {
      rejoin(`${keyOf(foreign)} was assigned, which is not subscribed to any more`)
      return
    }
    const wanted = new Set(partitions.map(keyOf))
    const given = this.#assignment.places().filter((place) => !wanted.has(keyOf(place)))
    let failure: { readonly error: unknown } | undefined
    if (given.length > 0) {
      rejoin('what goes to others was given up')
      await this.#commit()
      await this.revoke(given).catch((error: unknown) => (failure = { error }))
    }
    const added = partitions.filter((place) => !this.#assignment.has(place))
    tellAssignor()
    this.#assignment.set(partitions)
    const told = protocol === 'eager' ? [...partitions] : added
    await this.#tell('assigned', told, (listener) => listener.onPartitionsAssigned?.(told))
    if (failure !== undefined) throw failure.error
  }

  /** Whether the caller is the listener, or was called by it: it must not wait for the poll that waits for it. */
  get isWithinListener(): boolean {
    return this.#calls.getStore()?.isRunning === true
  }

  /** Tells whoever listens on the channel, then the listener. */
  async #tell(
    kind: RebalanceEvent['kind'],
    partitions: readonly TopicPartition[],
    call: (listener: RebalanceListener) => void | Promise<void>,
  ): Promise<void> {
    const { rebalance } = clientChannels
    if (rebalance.hasSubscribers) rebalance.publish({ groupId: this.#groupId, kind, partitions })
    // What the listener begins and leaves to itself is not part of the poll when the listener has ended.
    const running = { isRunning: true }
    try {
      await this.#calls.run(running, () => call(this.listener))
    } finally {
      running.isRunning = false
    }
  }
}
