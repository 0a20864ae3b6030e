import { ErrorCode } from '@streamwright/protocol'
import type { AlterConfigsRequest, AlterConfigsResponse } from '@streamwright/protocol/messages/alter-configs'
import { alterConfigs } from '@streamwright/protocol/messages/alter-configs'
import { alterResources } from '../config/alter-configs.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** AlterConfigs v0–v2. v2: flexible. Replaces all configurations of a resource by those given. */
export const alterConfigsHandler: AnyHandler = handler<AlterConfigsRequest, AlterConfigsResponse>({
  api: alterConfigs,

  async handle(services, request, context) {
    const responses = await alterResources(services, context, request.resources, request.validateOnly, (resource) => {
      const configs = new Map<string, string>()
      for (const { name, value } of resource.configs) {
        if (value === null) {
          return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Null value not supported for : ${name}` }
        }
        if (configs.has(name)) {
          return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Error due to duplicate config keys' }
        }
        configs.set(name, value)
      }
      return configs
    })
    return { responses }
  },

  refuse(request, errorCode) {
    return {
      responses: request.resources.map(({ resourceType, resourceName }) => ({
        errorCode,
        errorMessage: null,
        resourceType,
        resourceName,
      })),
    }
  },
})
