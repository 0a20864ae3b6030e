import { AuthenticationError, clientChannels } from '@streamwright/client'
import type { ConnectEvent, RequestEvent } from '@streamwright/client'
import type { Clock } from '@streamwright/std'

/** Values as they come: their number, their sum, the largest. */
export class Sample {
  count = 0
  sum = 0
  #largest = Number.NaN

  add(value: number): void {
    this.count += 1
    this.sum += value
    if (!(value <= this.#largest)) this.#largest = value
  }

  /** NaN without values, as Java's. */
  get average(): number {
    return this.sum / this.count
  }

  get largest(): number {
    return this.#largest
  }
}

/** What a client's connections and requests have done since this was made, told by its diagnostics channels. */
export class ClientMeasures implements Disposable {
  readonly #clientId: string
  readonly #clock: Clock
  readonly #startMs: number
  readonly startWallMs: number
  /** Whether a connection that was made has shown who the client is: by TLS or SASL. */
  readonly #isAuthenticated: boolean
  readonly #unsubscribe: readonly (() => void)[]
  readonly #requestBytes = new Sample()
  readonly #latencies = new Map<string, Sample>()
  #responses = 0
  #responseBytes = 0
  #connections = 0
  #failedAuthentications = 0

  constructor(client: { readonly clientId: string; readonly securityProtocol: string }, clock: Clock) {
    this.#clientId = client.clientId
    this.#isAuthenticated = client.securityProtocol !== 'PLAINTEXT'
    this.#clock = clock
    this.#startMs = clock.monotonicMs()
    this.startWallMs = clock.wallMs()
    this.#unsubscribe = [
      clientChannels.connect.subscribe((event) => this.#connected(event)),
      clientChannels.request.subscribe((event) => this.#answered(event)),
    ]
  }

  /** Milliseconds from requests to their responses, by Kafka's name of the API. */
  latency(...apis: readonly string[]): Sample {
    return apis.map((api) => this.#latencies.get(api)).find((each) => each !== undefined) ?? new Sample()
  }

  /** `total` with its rate per second since the beginning, under Java's names. */
  counted(name: string, total: number): Record<string, number> {
    const seconds = (this.#clock.monotonicMs() - this.#startMs) / 1000
    return { [`${name}-rate`]: total / seconds, [`${name}-total`]: total }
  }

  /** The metrics that clients of all kinds have. */
  metrics(): Record<string, number> {
    const authentications = this.#isAuthenticated ? this.#connections : 0
    return {
      ...this.counted('connection-creation', this.#connections),
      ...this.counted('failed-authentication', this.#failedAuthentications),
      ...this.counted('successful-authentication', authentications),
      // Java's client counts here each connection that it has authenticated.
      'successful-authentication-no-reauth-total': authentications,
      ...this.counted('incoming-byte', this.#responseBytes),
      ...this.counted('outgoing-byte', this.#requestBytes.sum),
      ...this.counted('network-io', this.#requestBytes.count + this.#responses),
      ...this.counted('request', this.#requestBytes.count),
      ...this.counted('response', this.#responses),
      'request-size-avg': this.#requestBytes.average,
      'request-size-max': this.#requestBytes.largest,
    }
  }

  [Symbol.dispose](): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
  }

  #connected({ clientId, error }: ConnectEvent): void {
    if (clientId !== this.#clientId) return
    if (error === undefined) this.#connections += 1
    else if (error instanceof AuthenticationError) this.#failedAuthentications += 1
  }

  #answered({ clientId, api, durationMs, requestBytes, responseBytes }: RequestEvent): void {
    if (clientId !== this.#clientId) return
    this.#requestBytes.add(requestBytes)
    if (responseBytes === 0) return
    this.#responses += 1
    this.#responseBytes += responseBytes
    const latencies = this.#latencies.get(api) ?? new Sample()
    this.#latencies.set(api, latencies)
    latencies.add(durationMs)
  }
}

/** Puts metrics under the name of their group, with the tags of the client, as Java prints them. */
export function named(
  group: string,
  tags: Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, number | string>>,
): [string, number | string][] {
  const text = Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
  return Object.entries(metrics).map(([name, value]) => [`${group}:${name}:{${text}}`, value])
}
