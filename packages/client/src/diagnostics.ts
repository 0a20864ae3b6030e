import type { Channel } from 'node:diagnostics_channel'
import { channel } from 'node:diagnostics_channel'
import type { TopicPartition } from './consumer/topic-partition.ts'

/** A client has tried to connect to a broker. */
export interface ConnectEvent {
  readonly clientId: string
  /** `host:port`. */
  readonly address: string
  /** TLS, authentication and the negotiation of versions included. */
  readonly durationMs: number
  readonly error: Error | undefined
}

/** A broker has answered a request, or will not any more. */
export interface RequestEvent {
  readonly clientId: string
  readonly address: string
  /** Kafka's name: `Produce`, `Fetch`, `Metadata`. */
  readonly api: string
  readonly version: number
  readonly durationMs: number
  readonly requestBytes: number
  /** 0 if no answer came. */
  readonly responseBytes: number
  readonly error: Error | undefined
}

/** A batch of records was written, or given up. */
export interface ProduceEvent extends TopicPartition {
  readonly clientId: string
  readonly records: number
  /** Before compression. */
  readonly bytes: number
  /** −1 if it is not known. */
  readonly baseOffset: number
  /** Since its first record was accepted. */
  readonly durationMs: number
  readonly error: Error | undefined
}

/** Data of a partition has come. */
export interface FetchEvent extends TopicPartition {
  readonly clientId: string
  /** The broker's id: the leader, or a replica nearby. */
  readonly broker: number
  readonly fetchOffset: number
  readonly bytes: number
}

/** A group's offsets were committed, or not. */
export interface CommitEvent {
  readonly groupId: string
  readonly partitions: readonly TopicPartition[]
  readonly durationMs: number
  /** The first, where they differ by partition. */
  readonly error: Error | undefined
}

/** A rebalance has given partitions to a consumer, or taken some from it; before its listener is called. */
export interface RebalanceEvent {
  readonly groupId: string
  readonly kind: 'assigned' | 'revoked' | 'lost'
  readonly partitions: readonly TopicPartition[]
}

/** A channel of `node:diagnostics_channel` whose events have a type. */
export class EventChannel<Event> {
  /** Under which `subscribe` of `node:diagnostics_channel` finds it. */
  readonly name: string
  readonly #channel: Channel

  constructor(name: string) {
    this.name = name
    this.#channel = channel(name)
  }

  get hasSubscribers(): boolean {
    return this.#channel.hasSubscribers
  }

  publish(event: Event): void {
    this.#channel.publish(event)
  }

  /** Calls `listener` with each event, within the client's work, until the returned function is called. */
  subscribe(listener: (event: Event) => void): () => void {
    const heard = (event: unknown): void => listener(event as Event)
    this.#channel.subscribe(heard)
    return () => {
      this.#channel.unsubscribe(heard)
    }
  }
}

/**
 * What clients tell `node:diagnostics_channel`: subscribe here, or there by the channels' names. Without subscribers
 * nothing is made and nothing is measured.
 */
export const clientChannels: {
  readonly connect: EventChannel<ConnectEvent>
  readonly request: EventChannel<RequestEvent>
  readonly produce: EventChannel<ProduceEvent>
  readonly fetch: EventChannel<FetchEvent>
  readonly commit: EventChannel<CommitEvent>
  readonly rebalance: EventChannel<RebalanceEvent>
} = {
  connect: new EventChannel('streamwright:client:connect'),
  request: new EventChannel('streamwright:client:request'),
  produce: new EventChannel('streamwright:client:produce'),
  fetch: new EventChannel('streamwright:client:fetch'),
  commit: new EventChannel('streamwright:client:commit'),
  rebalance: new EventChannel('streamwright:client:rebalance'),
}
