import { ErrorCode } from '@streamwright/protocol'
import type { AlterConfigsRequest, AlterConfigsResponse } from '@streamwright/protocol/messages/alter-configs'
import { alterConfigs } from '@streamwright/protocol/messages/alter-configs'
import { alterResources } from '../config/alter-configs.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** AlterConfigs v0–v2. v2: flexible. Replaces all configurations of a resource by those given. */
export const alterConfigsHandler: AnyHandler = handler<AlterConfigsRequest, AlterConfigsResponse>({
  api: alterConfigs,

  async handle(services, request, context) {
    const responses = await alterResources(services, context, request.resources, request.validateOnly, {
      refusalOf({ configs }) {
        const withoutValue = configs.find(({ value }) => value === null)
        if (withoutValue !== undefined) return invalid(`Null value not supported for : ${withoutValue.name}`)
        const isRepeated = new Set(configs.map(({ name }) => name)).size < configs.length
        return isRepeated ? invalid('Error due to duplicate config keys') : undefined
      },
      of: ({ configs }) => new Map(configs.map(({ name, value }) => [name, value ?? ''])),
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

function invalid(errorMessage: string): Refusal {
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
}
