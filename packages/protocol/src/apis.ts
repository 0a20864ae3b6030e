import type { ApiRow } from './api-table.ts'
import { ApiKey, apiRows } from './api-table.ts'

/** What is known of an API without its codecs. */
export interface ApiInfo {
  readonly key: number
  readonly name: string
  /** All versions that the codecs know. */
  readonly minVersion: number
  readonly maxVersion: number
  /** The newest version that a broker offers; below {@link maxVersion} while that one is being worked on. */
  readonly stableMaxVersion: number
  /** The first version with compact lengths and tagged fields; 32767 = none. */
  readonly flexibleFrom: number
  /** What a broker claims in ApiVersions. For Produce more than is true: old clients look at the lowest version. */
  readonly advertised: readonly [min: number, max: number]
  /** A broker offers it to clients. */
  readonly forClients: boolean
  /** The controller listener offers it. */
  readonly forController: boolean
  /** Only for members of the cluster. */
  readonly clusterAction: boolean
  /** A broker passes it on to the controller. */
  readonly forwardable: boolean
}

const infos: ReadonlyMap<number, ApiInfo> = new Map(apiRows.map((row) => [row[0], infoOf(row)]))

/** Every API, by ascending key. */
export const allApis: readonly ApiInfo[] = [...infos.values()]

/** What is known of the API with this key, or undefined for a key that Kafka 4.3 has not (any more). */
export function apiInfo(key: number): ApiInfo | undefined {
  return infos.get(key)
}

/**
 * The version of the header before a request: 2 = with tagged fields, which goes with flexible bodies. Also answers for
 * versions that are too new, which is how the ApiVersions request of a newer client can be answered.
 */
export function requestHeaderVersion(key: number, version: number): number {
  return version >= (infos.get(key)?.flexibleFrom ?? Number.POSITIVE_INFINITY) ? 2 : 1
}

/**
 * The version of the header before a response: 1 = with tagged fields. ApiVersions always has 0, because the client
 * that sent it may not know yet what the broker can do.
 */
export function responseHeaderVersion(key: number, version: number): number {
  if (key === ApiKey.ApiVersions) return 0
  return version >= (infos.get(key)?.flexibleFrom ?? Number.POSITIVE_INFINITY) ? 1 : 0
}

function infoOf(row: ApiRow): ApiInfo {
  const [key, name, minVersion, maxVersion, stableMaxVersion, flexibleFrom, advertisedMin, advertisedMax, flags] = row
  return {
    key,
    name,
    minVersion,
    maxVersion,
    stableMaxVersion,
    flexibleFrom,
    advertised: [advertisedMin, advertisedMax],
    forClients: flags.includes('b'),
    forController: flags.includes('c'),
    clusterAction: flags.includes('a'),
    forwardable: flags.includes('f'),
  }
}
