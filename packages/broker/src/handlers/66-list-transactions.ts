import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '@streamwright/protocol/messages/list-transactions'
import { listTransactions } from '@streamwright/protocol/messages/list-transactions'
import { isVisible } from '../security/access.ts'
import type { TransactionMetadata } from '../transactions/transaction-metadata.ts'
import { listedStates } from '../transactions/transaction-state.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** ListTransactions v0–v2. v1: by how long they have lasted. v2: by a regular expression for the id. */
export const listTransactionsHandler: AnyHandler = handler<ListTransactionsRequest, ListTransactionsResponse>({
  api: listTransactions,

  async handle(services, request, context) {
    const transactions = await services.transactions()
    const pattern = patternOf(request.transactionalIdPattern)
    if (pattern === null) return { errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION }
    const unknownStateFilters = request.stateFilters.filter((state) => !listedStates.includes(state))
    const matches = filterOf(request, pattern, services.environment.clock.wallMs())
    const maySee = ({ transactionalId }: TransactionMetadata): boolean =>
      isVisible(services, context, AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, transactionalId)
    const found = [...transactions.all()].filter((metadata) => matches(metadata) && maySee(metadata))
    return {
      unknownStateFilters,
      transactionStates: found.map(({ transactionalId, producerId, state }) => ({
        transactionalId,
        producerId: BigInt(producerId),
        transactionState: state,
      })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})

/** `null`: it is none. */
function patternOf(text: string | null): RegExp | undefined | null {
  if (text === null || text === '') return undefined
  try {
    return new RegExp(`^(?:${text})$`, 'u')
  } catch {
    return null
  }
}

function filterOf(
  { stateFilters, producerIdFilters, durationFilter }: ListTransactionsRequest,
  pattern: RegExp | undefined,
  nowMs: number,
): (metadata: TransactionMetadata) => boolean {
  const states = new Set(stateFilters)
  const producerIds = new Set(producerIdFilters.map(Number))
  const durationMs = Number(durationFilter)
  return ({ transactionalId, state, producerId, startMs }) =>
    (states.size === 0 || states.has(state)) &&
    (producerIds.size === 0 || producerIds.has(producerId)) &&
    (durationMs < 0 || nowMs - startMs > durationMs) &&
    (pattern === undefined || pattern.test(transactionalId))
}
