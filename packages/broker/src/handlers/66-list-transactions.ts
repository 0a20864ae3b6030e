import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '@streamwright/protocol/messages/list-transactions'
import { listTransactions } from '@streamwright/protocol/messages/list-transactions'
import { compileRegex, matchingNames } from '../regular-expression.ts'
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
    const { transactionalIdPattern: text } = request
    const regex = text === null || text === '' ? undefined : await compileRegex(text)
    if (typeof regex === 'string') return { errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION }
    const unknownStateFilters = request.stateFilters.filter((state) => !listedStates.includes(state))
    const isWanted = filterOf(request, services.environment.clock.wallMs())
    const maySee = ({ transactionalId }: TransactionMetadata): boolean =>
      isVisible(services, context, AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, transactionalId)
    const candidates = [...transactions.all()].filter((metadata) => isWanted(metadata) && maySee(metadata))
    const ids = candidates.map(({ transactionalId }) => transactionalId)
    const matching = regex === undefined ? undefined : await matchingNames(regex, ids, services.environment.timers)
    const found = candidates.filter(({ transactionalId }) => matching?.has(transactionalId) ?? true)
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

function filterOf(
  { stateFilters, producerIdFilters, durationFilter }: ListTransactionsRequest,
  nowMs: number,
): (metadata: TransactionMetadata) => boolean {
  const states = new Set(stateFilters)
  const producerIds = new Set(producerIdFilters.map(Number))
  const durationMs = Number(durationFilter)
  return ({ state, producerId, startMs }) =>
    (states.size === 0 || states.has(state)) &&
    (producerIds.size === 0 || producerIds.has(producerId)) &&
    (durationMs < 0 || nowMs - startMs > durationMs)
}
