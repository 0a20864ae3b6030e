import { assert } from '@streamwright/std'

/** A request whose response has not come. */
export interface PendingRequest {
  readonly correlationId: number
  readonly apiName: string
  readonly deadlineMs: number
  complete(frame: Buffer): void
  fail(error: Error): void
}

/** Requests in the order in which they were sent, which is the order in which a broker answers. */
export class PendingRequests {
  #requests: PendingRequest[] = []
  /** Where the first one stands; what is before it is done. */
  #first = 0

  get count(): number {
    return this.#requests.length - this.#first
  }

  add(request: PendingRequest): void {
    this.#requests.push(request)
  }

  get oldest(): PendingRequest | undefined {
    return this.#requests[this.#first]
  }

  removeOldest(): PendingRequest {
    const request = this.#requests[this.#first]
    assert(request !== undefined, 'A request is removed when its response has come')
    this.#first += 1
    if (this.#first === this.#requests.length) {
      this.#requests = []
      this.#first = 0
    } else if (this.#first >= 64) {
      this.#requests.splice(0, this.#first)
      this.#first = 0
    }
    return request
  }

  /** The request that runs out of time first. */
  mostUrgent(): PendingRequest | undefined {
    let urgent: PendingRequest | undefined
    for (let index = this.#first; index < this.#requests.length; index++) {
      const request = this.#requests[index] as PendingRequest
      if (urgent === undefined || request.deadlineMs < urgent.deadlineMs) urgent = request
    }
    return urgent
  }

  removeAll(): PendingRequest[] {
    const rest = this.#requests.slice(this.#first)
    this.#requests = []
    this.#first = 0
    return rest
  }
}
