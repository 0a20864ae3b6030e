import type { Api, Init } from '@streamwright/protocol'
import { ErrorCode, kafkaError } from '@streamwright/protocol'
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '@streamwright/protocol/messages/find-coordinator'
import { findCoordinator } from '@streamwright/protocol/messages/find-coordinator'
import { cachedCoordinatorsMax } from '../limits.ts'
import type { BrokerMetadata } from './topic-metadata.ts'

/** What a coordinator is responsible for. */
export type CoordinatorKind = 'group' | 'transaction'

const keyTypes: Readonly<Record<CoordinatorKind, number>> = { group: 0, transaction: 1 }

/** The first version that can ask for several keys at once. */
const manyKeysFrom = 4

export type SendToAny = <Request, Response>(
  api: Api<Request, Response>,
  request: (version: number) => Init<Request>,
  timeoutMs: number,
) => Promise<Response>

/** Which broker coordinates which group or transaction. Looked up once, until someone learns that it has moved. */
export class Coordinators {
  readonly #send: SendToAny
  readonly #onBroker: (broker: BrokerMetadata) => void
  readonly #known = new Map<string, number>()
  readonly #lookups = new Map<string, Promise<number>>()

  constructor(send: SendToAny, onBroker: (broker: BrokerMetadata) => void) {
    this.#send = send
    this.#onBroker = onBroker
  }

  /** The broker id. Rejects with a `KafkaError`, retriable while the coordinator is not available. */
  find(kind: CoordinatorKind, key: string, timeoutMs: number): Promise<number> {
    const id = `${kind}:${key}`
    const known = this.#known.get(id)
    if (known !== undefined) return Promise.resolve(known)
    const running = this.#lookups.get(id)
    if (running !== undefined) return running
    const lookup = this.#lookUp(kind, key, timeoutMs).finally(() => this.#lookups.delete(id))
    this.#lookups.set(id, lookup)
    return lookup
  }

  invalidate(kind: CoordinatorKind, key: string): void {
    this.#known.delete(`${kind}:${key}`)
  }

  async #lookUp(kind: CoordinatorKind, key: string, timeoutMs: number): Promise<number> {
    const request = (version: number): Init<FindCoordinatorRequest> =>
      version >= manyKeysFrom
        ? { keyType: keyTypes[kind], coordinatorKeys: [key] }
        : version >= 1
          ? { key, keyType: keyTypes[kind] }
          : { key }
    const coordinator = coordinatorOf(await this.#send(findCoordinator, request, timeoutMs))
    if (coordinator.errorCode !== ErrorCode.NONE) {
      throw kafkaError(coordinator.errorCode, `Looking for the coordinator of ${kind} ${key}`)
    }
    this.#onBroker({ id: coordinator.nodeId, host: coordinator.host, port: coordinator.port, rack: null })
    if (this.#known.size >= cachedCoordinatorsMax) this.#known.clear()
    this.#known.set(`${kind}:${key}`, coordinator.nodeId)
    return coordinator.nodeId
  }
}

function coordinatorOf(response: FindCoordinatorResponse): {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly errorCode: number
} {
  return response.coordinators[0] ?? response
}
