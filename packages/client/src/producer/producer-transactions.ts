import { ErrorCode, KafkaError } from '@streamwright/protocol'
import type { Environment, Transitions } from '@streamwright/std'
import { asError, StateMachine } from '@streamwright/std'
import type { WaitOptions } from '../abortable.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { within } from '../cluster/retry.ts'
import type { GroupMetadata } from '../consumer/assignors/assignor.ts'
import type { OffsetToCommit } from '../consumer/offsets/group-offsets.ts'
import { OperationTimeoutError } from '../errors.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { Severity } from './transaction-error.ts'
import {
  isTimeout,
  severityOfCoordination,
  severityOfWrite,
  transactionError,
  TransactionError,
} from './transaction-error.ts'
import { TransactionRequests } from './transaction-requests.ts'

type State =
  | 'uninitialized'
  | 'initializing'
  | 'ready'
  | 'inTransaction'
  | 'committing'
  | 'aborting'
  | 'abortable'
  | 'fatal'

/**
 *     uninitialized ◀──▶ initializing ──▶ ready ◀──────── committing ──┐
 *                                         │ ▲                 ▲        │ something failed
 *                                         ▼ │                 │        ▼
 *                                   inTransaction ────────────┘    abortable ◀── inTransaction
 *                                         │ ▲                          │
 *                                         │ └── ready ◀── aborting ◀───┘
 *                                         └─────────────────▲
 *     From everywhere: fatal. The producer can only be closed.
 */
const transitions: Transitions<State> = {
  uninitialized: ['initializing', 'fatal'],
  initializing: ['ready', 'uninitialized', 'fatal'],
  ready: ['inTransaction', 'fatal'],
  inTransaction: ['committing', 'aborting', 'abortable', 'fatal'],
  committing: ['ready', 'abortable', 'fatal'],
  abortable: ['aborting', 'fatal'],
  aborting: ['ready', 'fatal'],
  fatal: [],
}

type Outcome = 'commit' | 'abort'

/** How long a step of a transaction may take. */
export interface TransactionOptions extends WaitOptions {
  /** Default: `max.block.ms`. */
  readonly timeoutMs?: number
}

export interface SettingsOfTransactions {
  readonly transactionalId: string
  readonly transactionTimeoutMs: number
  readonly maxBlockMs: number
  readonly deliveryTimeoutMs: number
}

/** What transactions need of the producer whose they are. */
export interface TransactionOwner {
  /** Sends everything that was accepted and resolves when its outcome is known. */
  flush(): Promise<void>
  /** Everything that was accepted and is not on its way fails with this error. */
  failWaiting(error: Error): void
  /** Resolves when nothing is on its way. */
  whenQuiet(): Promise<void>
  /** Something may be sent that could not before. */
  wake(): void
}

/**
 * The transactions of a producer: begun here, at the coordinator with the first record. Speaks the classic protocol, in
 * which partitions are announced before they are written to, and that of KIP-890, in which brokers announce them and each
 * transaction has an epoch of its own. A failure of anything in a transaction makes it abortable, or ends the producer.
 */
export class ProducerTransactions {
  readonly transactionalId: string
  readonly #environment: Environment
  readonly #settings: SettingsOfTransactions
  readonly #identity: ProducerIdentity
  readonly #owner: TransactionOwner
  readonly #requests: TransactionRequests
  readonly #state: StateMachine<State>
  #failure: TransactionError | undefined
  #usesEpochs = false
  /** The coordinator knows, or will know, of a transaction. */
  #isStarted = false
  /** A sequence has a gap: the classic protocol needs another epoch. */
  #needsNewEpoch = false
  /** What the coordinator refused to know the producer for: nothing can be ended there. */
  #isForgotten = false
  /** Announced partitions, by topic. */
  readonly #added = new Map<string, Set<number>>()
  #wanted = new Map<string, number[]>()
  #adding: Promise<void> | undefined
  #ending: { readonly outcome: Outcome; readonly ended: Promise<void> } | undefined

  constructor(
    cluster: Cluster,
    environment: Environment,
    settings: SettingsOfTransactions,
    identity: ProducerIdentity,
    owner: TransactionOwner,
  ) {
    this.transactionalId = settings.transactionalId
    this.#environment = environment
    this.#settings = settings
    this.#identity = identity
    this.#owner = owner
    this.#requests = new TransactionRequests(cluster, environment, settings)
    this.#state = new StateMachine(`Transactions of ${settings.transactionalId}`, transitions, 'uninitialized')
  }

  /** Whether the protocol of KIP-890 is spoken. */
  get usesEpochs(): boolean {
    return this.#usesEpochs
  }

  /** The transaction will not be committed: what is not written need not be. */
  get isFailing(): boolean {
    return this.#state.is('abortable', 'aborting', 'fatal')
  }

  /** There is one that was begun and not ended. */
  get isOpen(): boolean {
    return this.#state.is('inTransaction', 'abortable', 'committing', 'aborting')
  }

  /** Throws `TransactionError` unless records may be appended. */
  checkAppend(): void {
    if (this.#state.is('inTransaction')) return
    this.#throwFailure()
    throw this.#misuse('Records are sent between beginTransaction() and its end')
  }

  /** Becomes the only producer with the transactional id; a transaction that another one left open is aborted. */
  async initialize(timeoutMs: number): Promise<void> {
    this.#throwFailure()
    if (!this.#state.is('uninitialized')) throw this.#misuse('initTransactions() is called once')
    this.#state.transitionTo('initializing')
    try {
      this.#usesEpochs = await this.#requests.usesEpochs(timeoutMs)
      this.#identity.adopt(await this.#requests.initProducerId(undefined, timeoutMs))
      this.#state.transitionTo('ready')
    } catch (error) {
      const failure = asError(error)
      const severity = isTimeout(error) ? 'abortable' : severityOfCoordination(failure)
      if (severity !== 'abortable') throw this.#fail(severity, failure)
      // It may be tried again.
      this.#state.transitionTo('uninitialized')
      throw error
    }
  }

  begin(): void {
    this.#throwFailure()
    if (this.#state.is('uninitialized', 'initializing')) throw this.#misuse('initTransactions() goes first')
    if (!this.#state.is('ready')) throw this.#misuse('The last transaction has not ended: commit or abort it')
    this.#state.transitionTo('inTransaction')
  }

  async sendOffsets(offsets: readonly OffsetToCommit[], group: GroupMetadata, timeoutMs: number): Promise<void> {
    this.checkAppend()
    if (offsets.length === 0) return
    this.#isStarted = true
    try {
      await this.#requests.commitOffsets(offsets, group, this.#identity, this.#usesEpochs, timeoutMs)
    } catch (error) {
      throw this.#fail(severityOfCoordination(asError(error)), asError(error))
    }
  }

  /** After a time-out it may be called again, and goes on where it was. */
  commit(timeoutMs: number): Promise<void> {
    return this.#endOnce('commit', () => this.#commit(timeoutMs))
  }

  async #commit(timeoutMs: number): Promise<void> {
    this.#throwFailure()
    if (this.#state.is('inTransaction')) this.#state.transitionTo('committing')
    else if (!this.#state.is('committing')) throw this.#noTransaction('commit')
    const leftMs = await this.#settled('commit', timeoutMs, this.#owner.flush())
    this.#throwFailure()
    await this.#end('commit', leftMs)
  }

  /** The same as for {@link ProducerTransactions.commit} holds after a time-out. */
  abort(timeoutMs: number): Promise<void> {
    return this.#endOnce('abort', () => this.#abort(timeoutMs))
  }

  async #abort(timeoutMs: number): Promise<void> {
    if (this.#state.is('fatal')) this.#throwFailure()
    if (this.#state.is('inTransaction', 'abortable')) this.#state.transitionTo('aborting')
    else if (!this.#state.is('aborting')) throw this.#noTransaction('abort')
    const aborted = new TransactionError(
      'TRANSACTION_ABORTED',
      `The record was not written: the transaction of ${this.transactionalId} was aborted before`,
    )
    this.#owner.failWaiting(this.#failure ?? aborted)
    await this.#end('abort', await this.#settled('abort', timeoutMs, this.#owner.whenQuiet()))
  }

  /** Ends what is open, when an end that is under way has come: the producer is being closed. */
  async abandon(timeoutMs: number): Promise<void> {
    await this.#ending?.ended.catch(() => undefined)
    if (this.isOpen) await this.abort(timeoutMs)
  }

  /** The same call takes part in an end that is under way; the other one would be told of an outcome that was not. */
  #endOnce(outcome: Outcome, end: () => Promise<void>): Promise<void> {
    if (this.#ending !== undefined && this.#ending.outcome !== outcome)
      return Promise.reject(this.#noTransaction(outcome))
    this.#ending ??= { outcome, ended: end().finally(() => (this.#ending = undefined)) }
    return this.#ending.ended
  }

  /** Waits until the outcome of all records is known. Resolves with the time that is left for the coordinator. */
  async #settled(outcome: Outcome, timeoutMs: number, records: Promise<void>): Promise<number> {
    const { clock } = this.#environment
    const startMs = clock.monotonicMs()
    const what = `Delivering the records of the transaction of ${this.transactionalId}, before ${outcome}Transaction(),`
    await within(
      this.#environment,
      timeoutMs,
      what,
      records.then(() => this.#adding),
    ).catch((error: unknown) => {
      throw new OperationTimeoutError(`${asError(error).message}. Call ${outcome}Transaction() again to go on`, error)
    })
    return Math.max(1, timeoutMs - (clock.monotonicMs() - startMs))
  }

  async #end(outcome: Outcome, timeoutMs: number): Promise<void> {
    try {
      if (this.#isStarted && !this.#isForgotten) {
        this.#identity.adopt(await this.#requests.end(outcome, this.#identity, this.#usesEpochs, timeoutMs))
        this.#isStarted = false
        if (this.#usesEpochs) this.#needsNewEpoch = false
      }
      if (this.#needsNewEpoch || this.#isForgotten) {
        this.#identity.adopt(await this.#requests.initProducerId(this.#identity, timeoutMs))
      }
    } catch (error) {
      // Time was up: nobody knows what became of it, and the same call finds out.
      if (isTimeout(error)) throw error
      const failure = asError(error)
      if (outcome === 'abort' && isUnknownId(failure)) return this.#endForgotten(timeoutMs)
      const severity = severityOfCoordination(failure)
      throw this.#fail(severity === 'abortable' && outcome === 'abort' ? 'fatal' : severity, failure)
    }
    this.#ended()
  }

  /** The coordinator does not know the producer any more, so there is nothing to abort: it begins anew. */
  #endForgotten(timeoutMs: number): Promise<void> {
    this.#isForgotten = true
    this.#isStarted = false
    return this.#end('abort', timeoutMs)
  }

  #ended(): void {
    this.#failure = undefined
    this.#isStarted = false
    this.#needsNewEpoch = false
    this.#isForgotten = false
    this.#added.clear()
    this.#wanted.clear()
    this.#state.transitionTo('ready')
  }

  /** Whether a batch may go to this partition now. Where it has to be announced first, that is begun. */
  maySend(topic: string, partition: number): boolean {
    if (!this.#state.is('inTransaction', 'committing')) return false
    this.#isStarted = true
    if (this.#usesEpochs || this.#added.get(topic)?.has(partition) === true) return true
    let wanted = this.#wanted.get(topic)
    if (wanted === undefined) this.#wanted.set(topic, (wanted = []))
    if (!wanted.includes(partition)) wanted.push(partition)
    // In a moment more partitions are wanted: they go together.
    this.#adding ??= Promise.resolve()
      .then(() => this.#announce())
      .finally(() => (this.#adding = undefined))
    return false
  }

  async #announce(): Promise<void> {
    try {
      while (this.#wanted.size > 0 && !this.isFailing) {
        const wanted = this.#wanted
        this.#wanted = new Map()
        await this.#requests.addPartitions(wanted, this.#identity, this.#settings.deliveryTimeoutMs)
        for (const [topic, partitions] of wanted) {
          const added = this.#added.get(topic)
          this.#added.set(topic, new Set([...(added ?? []), ...partitions]))
        }
        this.#owner.wake()
      }
    } catch (error) {
      this.#fail(severityOfCoordination(asError(error)), asError(error))
    }
  }

  /** A batch of the transaction was given up. */
  batchFailed(error: Error, hadSequence: boolean): void {
    if (hadSequence) this.#needsNewEpoch = true
    if (error instanceof TransactionError || !this.#state.is('inTransaction', 'committing')) return
    this.#fail(severityOfWrite(error), error)
  }

  #fail(severity: Severity, cause: Error): TransactionError {
    if (this.#state.is('fatal')) return this.#failure ?? transactionError(severity, this.transactionalId, cause)
    if (isUnknownId(cause)) this.#isForgotten = true
    const failure = transactionError(severity, this.transactionalId, cause)
    this.#failure = failure
    const isAbortable = severity === 'abortable' && this.#state.is('inTransaction', 'committing')
    if (isAbortable) this.#state.transitionTo('abortable')
    else if (severity !== 'abortable') this.#state.transitionTo('fatal')
    // Not in the middle of the sender's work.
    queueMicrotask(() => {
      if (this.isFailing) this.#owner.failWaiting(failure)
    })
    return failure
  }

  #throwFailure(): void {
    if (this.#state.is('abortable', 'fatal') && this.#failure !== undefined) throw this.#failure
  }

  #noTransaction(outcome: Outcome): TransactionError {
    const other = outcome === 'commit' ? 'abort' : 'commit'
    const isOther = this.#ending?.outcome === other || this.#state.is(other === 'commit' ? 'committing' : 'aborting')
    return this.#misuse(
      isOther
        ? `${other}Transaction() has begun and may have succeeded: call it again to learn what became of it`
        : `There is no transaction to ${outcome}`,
    )
  }

  #misuse(what: string): TransactionError {
    return new TransactionError('TRANSACTION_STATE', `${what} (transactional.id ${this.transactionalId})`)
  }
}

/** The transactional id has expired, or the partition that knew it is gone. */
function isUnknownId(error: Error): boolean {
  if (!(error instanceof KafkaError)) return false
  return error.errorCode === ErrorCode.INVALID_PRODUCER_ID_MAPPING || error.errorCode === ErrorCode.UNKNOWN_PRODUCER_ID
}
