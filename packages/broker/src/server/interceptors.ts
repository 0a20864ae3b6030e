/** A request that a test looks at before it is handled. */
export interface InterceptedRequest {
  readonly apiKey: number
  readonly apiVersion: number
  readonly clientId: string | null
  /** The decoded request. */
  readonly body: unknown
  /** How many requests of this API have come since the interceptor was set, this one included. */
  readonly count: number
}

/** What is to become of it. Nothing given: it is handled as usual. */
export interface Interception {
  /** Wait this long, by the broker's timers, before anything else. */
  readonly delayMs?: number
  /** Do not handle it, answer with this error in all places that the response has for one. */
  readonly errorCode?: number
  /** Do not handle it, answer with this response. */
  readonly response?: object
  /** `before`: close the connection instead of handling it. `after`: handle it, then close instead of answering. */
  readonly disconnect?: 'before' | 'after'
}

/** Called for each request of one API, in order. May look only, or decide. */
export type Interceptor = (request: InterceptedRequest) => Interception | undefined

/** Hooks for tests: to fail, delay, lose and observe requests by API. Costs one comparison while there are none. */
export class Interceptors {
  readonly #byKey = new Map<number, Set<(request: Omit<InterceptedRequest, 'count'>) => Interception | undefined>>()

  get isEmpty(): boolean {
    return this.#byKey.size === 0
  }

  /** Until the returned function is called. */
  add(apiKey: number, interceptor: Interceptor): () => void {
    let count = 0
    const counted = (request: Omit<InterceptedRequest, 'count'>): Interception | undefined => {
      count += 1
      return interceptor({ ...request, count })
    }
    const hooks = this.#byKey.get(apiKey) ?? new Set()
    this.#byKey.set(apiKey, hooks.add(counted))
    return () => {
      hooks.delete(counted)
      if (hooks.size === 0 && this.#byKey.get(apiKey) === hooks) this.#byKey.delete(apiKey)
    }
  }

  /** The first decision; all interceptors of the API are asked. */
  intercept(request: Omit<InterceptedRequest, 'count'>): Interception | undefined {
    let decision: Interception | undefined
    for (const hook of this.#byKey.get(request.apiKey) ?? []) decision = hook(request) ?? decision
    return decision
  }
}
