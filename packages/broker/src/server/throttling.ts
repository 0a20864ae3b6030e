import { ApiKey } from '@streamwright/protocol'
import type { AnyHandler, AnyResult, RequestContext } from '../handlers/handler.ts'
import { closeConnection, noResponse } from '../handlers/handler.ts'
import type { BrokerServices } from '../services.ts'
import type { Answer } from './connection.ts'

/** A request that has been handled, as far as quotas are concerned. */
export interface MeasuredRequest {
  readonly handler: AnyHandler
  readonly body: unknown
  readonly context: RequestContext
  readonly frame: Buffer
  /** The broker's time that it has taken so far: reading it, handling it, and (it grows) writing the answer. */
  readonly workedMs: number
}

/** What the cluster itself asks for, whoever sends it. */
const exemptKeys: ReadonlySet<number> = new Set([ApiKey.WriteTxnMarkers])

/**
 * Counts a request against the quotas of its client. Whoever is above them is answered at once, told for how long to be
 * silent, and not listened to for that time (KIP-219); what was fetched is kept back. Returns that time in milliseconds
 * with the answer.
 */
export function throttled(
  services: BrokerServices,
  request: MeasuredRequest,
  result: AnyResult,
  encode: (result: AnyResult) => Answer,
): { readonly answer: Answer; readonly throttleMs: number } {
  if (result === closeConnection) return { answer: encode(result), throttleMs: 0 }
  const { quotas } = services
  const { handler, body, context, frame } = request
  const isExempt = result === noResponse || exemptKeys.has(handler.api.key)
  if (handler.countsFetchedBytes === undefined) {
    const workedBeforeMs = request.workedMs
    const workedMs = isExempt ? 0 : quotas.worked(context, workedBeforeMs)
    const producedMs = handler.countsProducedBytes === true ? quotas.produced(context, frame.length) : 0
    const throttleMs = Math.max(workedMs, producedMs, throttleTimeOf(result))
    const answer = encode(withThrottleTime(result, throttleMs))
    // How long the client waits stands in the answer: what it takes to write that counts for the next request.
    if (!isExempt) quotas.worked(context, request.workedMs - workedBeforeMs)
    return { answer, throttleMs }
  }
  const answer = encode(result)
  const workedMs = quotas.worked(context, request.workedMs)
  const throttleMs = Math.max(workedMs, quotas.fetched(context, sizeOf(answer), workedMs > 0))
  if (throttleMs === 0 || typeof result === 'symbol') return { answer, throttleMs: 0 }
  const emptied = handler.countsFetchedBytes.emptied(services, body, result)
  return { answer: encode(withThrottleTime(emptied, throttleMs)), throttleMs }
}

/** What a handler has found for itself: too many partitions made, say. */
function throttleTimeOf(result: AnyResult): number {
  if (typeof result === 'symbol' || !('throttleTimeMs' in result)) return 0
  return typeof result.throttleTimeMs === 'number' ? result.throttleTimeMs : 0
}

function withThrottleTime(result: AnyResult, throttleMs: number): AnyResult {
  return typeof result === 'symbol' || throttleMs === 0 ? result : { ...result, throttleTimeMs: throttleMs }
}

/** Bytes that are sent. */
export function sizeOf(answer: Answer): number {
  if (typeof answer === 'string') return 0
  let size = 0
  for (const chunk of answer) size += chunk.length
  return size
}
