import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import type { Environment, Transitions } from '@streamwright/std'
import { assert, StateMachine } from '@streamwright/std'
import type { Cluster } from '../cluster/cluster.ts'
import { retrying } from '../cluster/retry.ts'
import { producerEpochMax } from '../limits.ts'
import type { ProducerSettings } from './producer-settings.ts'

type State = 'none' | 'fetching' | 'ready' | 'notNeeded'

/**
 *     notNeeded          none ──▶ fetching ──▶ ready
 *   (not idempotent)       ▲──────────┘          │
 *                          └──── epochs used up ─┘
 */
const transitions: Transitions<State> = {
  notNeeded: [],
  none: ['fetching', 'ready'],
  fetching: ['ready', 'none'],
  ready: ['none'],
}

/** Whether retries must be harmless, and whether records belong to transactions. */
export type ProducerKind = 'plain' | 'idempotent' | 'transactional'

/** The kind that settings ask for. */
export function kindOf({ transactionalId, enableIdempotence }: ProducerSettings): ProducerKind {
  if (transactionalId !== null) return 'transactional'
  return enableIdempotence ? 'idempotent' : 'plain'
}

/**
 * Who the producer is to the brokers: its id and epoch, which with sequence numbers make retries harmless. A new epoch
 * begins all sequences anew. A transactional producer gets its identity from its coordinator, by `adopt`, and never
 * changes it by itself.
 */
export class ProducerIdentity {
  readonly #cluster: Cluster
  readonly #environment: Environment
  readonly #state: StateMachine<State>
  readonly isTransactional: boolean
  #producerId = -1
  #epoch = -1
  #generation = 0

  constructor(kind: ProducerKind, cluster: Cluster, environment: Environment) {
    this.isTransactional = kind === 'transactional'
    this.#cluster = cluster
    this.#environment = environment
    this.#state = new StateMachine('Producer identity', transitions, kind === 'plain' ? 'notNeeded' : 'none')
  }

  get isIdempotent(): boolean {
    return !this.#state.is('notNeeded')
  }

  /** Records can be sent. */
  get isReady(): boolean {
    return this.#state.is('ready', 'notNeeded')
  }

  get isFetching(): boolean {
    return this.#state.is('fetching')
  }

  get producerId(): number {
    return this.#producerId
  }

  get epoch(): number {
    return this.#epoch
  }

  /** Changes with every new id or epoch. */
  get generation(): number {
    return this.#generation
  }

  /** Asks a broker for a producer id. Tries until the client is closed, unless the cluster refuses. */
  async fetch(): Promise<void> {
    this.#state.transitionTo('fetching')
    const { requestTimeoutMs } = this.#cluster.settings
    try {
      await retrying(
        this.#environment,
        {
          what: 'Getting a producer id',
          deadlineMs: Infinity,
          backoff: this.#cluster.retryBackoff,
          signal: this.#cluster.closing,
        },
        async () => {
          const response = await this.#cluster.send(
            'any',
            initProducerId,
            { transactionalId: null, transactionTimeoutMs: 0x7fff_ffff, producerId: -1n, producerEpoch: -1 },
            { timeoutMs: requestTimeoutMs },
          )
          if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Getting a producer id')
          this.#producerId = Number(response.producerId)
          this.#epoch = response.producerEpoch
        },
      )
    } catch (error) {
      this.#state.transitionTo('none')
      throw error
    }
    this.#generation += 1
    this.#state.transitionTo('ready')
  }

  /** Takes over what the coordinator says; `producerId` and `epoch` as they are now change nothing. */
  adopt({ producerId, epoch }: { readonly producerId: number; readonly epoch: number }): void {
    assert(this.isTransactional, 'Only transactional producers have a coordinator')
    if (producerId === this.#producerId && epoch === this.#epoch) return
    this.#producerId = producerId
    this.#epoch = epoch
    this.#generation += 1
    if (!this.#state.is('ready')) this.#state.transitionTo('ready')
  }

  /** Begins a new epoch, or forgets the id when its epochs are used up. */
  bumpEpoch(): void {
    assert(this.#state.is('ready') && !this.isTransactional, 'An epoch follows another one')
    this.#generation += 1
    if (this.#epoch < producerEpochMax) this.#epoch += 1
    else {
      this.#producerId = -1
      this.#epoch = -1
      this.#state.transitionTo('none')
    }
  }
}
