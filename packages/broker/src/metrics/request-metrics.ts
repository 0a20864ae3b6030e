import { ErrorCode } from '@streamwright/protocol'
import { LatencyHistogram } from './latency-histogram.ts'

/** Lists of a response lie in lists: topics, partitions, and at most one more. */
const errorDepthMax = 4

/** Counters of one API since the start. */
export class ApiCounters {
  readonly name: string
  /** By version. */
  readonly requests: number[] = []
  /** Of the answers by error code: each code in it counts once for each place, NONE once where there is no other. */
  readonly errors: Map<number, number> = new Map()
  readonly latency: LatencyHistogram = new LatencyHistogram()
  requestBytes = 0
  responseBytes = 0
  throttled = 0
  throttleMs = 0

  constructor(name: string) {
    this.name = name
  }
}

/** Requests as the dispatcher sees them, by API. There are as many as Kafka has APIs, versions and error codes. */
export class RequestMetrics {
  readonly #apis = new Map<number, ApiCounters>()
  #malformed = 0

  all(): Iterable<ApiCounters> {
    return this.#apis.values()
  }

  /** Frames that were no request that is served: their connections were closed. */
  get malformed(): number {
    return this.#malformed
  }

  countMalformed(): void {
    this.#malformed += 1
  }

  /** `result`: the response as the handler made it; a symbol when there is none. */
  answered(
    key: number,
    name: string,
    version: number,
    requestBytes: number,
    responseBytes: number,
    durationMs: number,
    result: object | symbol,
  ): void {
    const api = this.#of(key, name)
    while (api.requests.length <= version) api.requests.push(0)
    api.requests[version] = (api.requests[version] ?? 0) + 1
    api.requestBytes += requestBytes
    api.responseBytes += responseBytes
    api.latency.record(durationMs)
    if (typeof result === 'symbol' || countErrors(api.errors, result, 0) === 0) count(api.errors, ErrorCode.NONE)
  }

  throttled(key: number, name: string, throttleMs: number): void {
    const api = this.#of(key, name)
    api.throttled += 1
    api.throttleMs += throttleMs
  }

  #of(key: number, name: string): ApiCounters {
    let api = this.#apis.get(key)
    if (api === undefined) this.#apis.set(key, (api = new ApiCounters(name)))
    return api
  }
}

/** Counts the codes in a response but for NONE, and returns how many there are. Makes no list of anything. */
function countErrors(errors: Map<number, number>, value: object, depth: number): number {
  let found = 0
  if (Array.isArray(value)) {
    for (const each of value as readonly unknown[]) found += countErrorsIn(errors, each, depth)
    return found
  }
  const fields = value as Readonly<Record<string, unknown>>
  const { errorCode } = fields
  if (typeof errorCode === 'number' && errorCode !== ErrorCode.NONE) {
    count(errors, errorCode)
    found += 1
  }
  for (const name in fields) found += countErrorsIn(errors, fields[name], depth)
  return found
}

function countErrorsIn(errors: Map<number, number>, value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth >= errorDepthMax) return 0
  // A list is as deep as what stands in it.
  return countErrors(errors, value, Array.isArray(value) ? depth : depth + 1)
}

function count(errors: Map<number, number>, errorCode: number): void {
  errors.set(errorCode, (errors.get(errorCode) ?? 0) + 1)
}
