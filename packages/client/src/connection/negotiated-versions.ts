import type { Api } from '@streamwright/protocol'
import { apiInfo } from '@streamwright/protocol'
import type { ApiVersionsResponse } from '@streamwright/protocol/messages/api-versions'
import { UnsupportedVersionError } from '../errors.ts'

/** Bounds for the version of one request, in addition to what both sides know. */
export interface VersionBounds {
  readonly minVersion?: number | undefined
  readonly maxVersion?: number | undefined
}

/** What a broker said about itself: the versions of each API, and the features of its cluster. */
export class NegotiatedVersions {
  readonly #ranges = new Map<number, { readonly min: number; readonly max: number }>()
  readonly #features = new Map<string, number>()
  /** Grows when features change; −1 while unknown. */
  readonly featuresEpoch: number
  readonly #address: string

  constructor(address: string, response: ApiVersionsResponse) {
    this.#address = address
    for (const { apiKey, minVersion, maxVersion } of response.apiKeys) {
      this.#ranges.set(apiKey, { min: minVersion, max: maxVersion })
    }
    for (const { name, maxVersionLevel } of response.finalizedFeatures) this.#features.set(name, maxVersionLevel)
    this.featuresEpoch = Number(response.finalizedFeaturesEpoch)
  }

  /** The highest version of `api` that broker and client have in common, or −1. */
  find(api: Api<unknown, unknown>, bounds: VersionBounds = {}): number {
    const broker = this.#ranges.get(api.key)
    if (broker === undefined) return -1
    const stableMax = apiInfo(api.key)?.stableMaxVersion ?? api.request.maxVersion
    const max = Math.min(broker.max, api.request.maxVersion, stableMax, bounds.maxVersion ?? Infinity)
    const min = Math.max(broker.min, api.request.minVersion, bounds.minVersion ?? 0)
    return max < min ? -1 : max
  }

  /** The highest common version of `api`. Throws {@link UnsupportedVersionError} when there is none. */
  require(api: Api<unknown, unknown>, bounds: VersionBounds = {}): number {
    const version = this.find(api, bounds)
    if (version >= 0) return version
    const broker = this.#ranges.get(api.key)
    const has = broker === undefined ? 'does not have it' : `has versions ${broker.min} to ${broker.max}`
    const min = Math.max(api.request.minVersion, bounds.minVersion ?? 0)
    const max = Math.min(api.request.maxVersion, bounds.maxVersion ?? Infinity)
    throw new UnsupportedVersionError(
      `${api.name} is needed in a version from ${min} to ${max}, but the broker at ${this.#address} ${has}: ` +
        'use a broker of Kafka 2.1 or newer that supports this operation',
    )
  }

  /** The finalized level of a feature such as `transaction.version`; 0 where the cluster does not have it. */
  feature(name: string): number {
    return this.#features.get(name) ?? 0
  }
}
