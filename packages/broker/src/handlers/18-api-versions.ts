import { ErrorCode } from '@streamwright/protocol'
import type { ApiVersionsRequest, ApiVersionsResponse } from '@streamwright/protocol/messages/api-versions'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { supportedFeatures } from '../features/feature-control.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'
import { controllerKeys, registry } from './registry.ts'

const softwareName = /^[A-Za-z0-9](?:[A-Za-z0-9\-.]*[A-Za-z0-9])?$/

/** ApiVersions v0–v4. v3: the client says who it is; features. v4: features whose range begins with 0 are listed. */
export const apiVersionsHandler: AnyHandler = handler<ApiVersionsRequest, ApiVersionsResponse>({
  api: apiVersions,

  handle(services, request, context) {
    const { clientSoftwareName, clientSoftwareVersion } = request
    const isNamed = softwareName.test(clientSoftwareName) && softwareName.test(clientSoftwareVersion)
    if (context.apiVersion >= 3 && !isNamed) return { errorCode: ErrorCode.INVALID_REQUEST }
    const supported = supportedFeatures.filter(({ range }) => range[0] > 0 || context.apiVersion >= 4)
    return {
      apiKeys: [...registry.values()].flatMap(({ key, advertised }) =>
        advertised === null || (context.isForControllers && !controllerKeys.has(key))
          ? []
          : [{ apiKey: key, minVersion: advertised[0], maxVersion: advertised[1] }],
      ),
      supportedFeatures: supported.map(({ name, range: [minVersion, maxVersion] }) => ({
        name,
        minVersion,
        maxVersion,
      })),
      finalizedFeaturesEpoch: BigInt(services.features.epoch),
      finalizedFeatures: services.features.finalized().map(({ name, level }) => ({
        name,
        maxVersionLevel: level,
        minVersionLevel: level,
      })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
