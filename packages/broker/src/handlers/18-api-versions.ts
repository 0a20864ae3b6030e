import { ErrorCode } from '@streamwright/protocol'
import type { ApiVersionsRequest, ApiVersionsResponse } from '@streamwright/protocol/messages/api-versions'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'
import { registry } from './registry.ts'

const softwareName = /^[A-Za-z0-9](?:[A-Za-z0-9\-.]*[A-Za-z0-9])?$/

/** What a broker of Apache Kafka 4.3 supports, with the level that is in force here; 0: not yet. */
const features: readonly {
  readonly name: string
  readonly range: readonly [number, number]
  readonly level: number
}[] = [
  { name: 'metadata.version', range: [7, 30], level: 30 },
  { name: 'transaction.version', range: [0, 2], level: 2 },
]

/** ApiVersions v0–v4. v3: the client says who it is; features. v4: features whose range begins with 0 are listed. */
export const apiVersionsHandler: AnyHandler = handler<ApiVersionsRequest, ApiVersionsResponse>({
  api: apiVersions,

  handle(_services, request, context) {
    const { clientSoftwareName, clientSoftwareVersion } = request
    const isNamed = softwareName.test(clientSoftwareName) && softwareName.test(clientSoftwareVersion)
    if (context.apiVersion >= 3 && !isNamed) return { errorCode: ErrorCode.INVALID_REQUEST }
    const supported = features.filter(({ range }) => range[0] > 0 || context.apiVersion >= 4)
    const finalized = features.filter(({ level }) => level > 0)
    return {
      apiKeys: [...registry.values()].map(({ key, advertised: [minVersion, maxVersion] }) => ({
        apiKey: key,
        minVersion,
        maxVersion,
      })),
      supportedFeatures: supported.map(({ name, range: [minVersion, maxVersion] }) => ({
        name,
        minVersion,
        maxVersion,
      })),
      finalizedFeaturesEpoch: 1n,
      finalizedFeatures: finalized.map(({ name, level }) => ({ name, maxVersionLevel: level, minVersionLevel: level })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
