import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@streamwright/protocol/messages/update-features'
import { updateFeatures } from '@streamwright/protocol/messages/update-features'
import { UpgradeType } from '../features/feature-control.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** UpdateFeatures v0–v2. v1: kinds of downgrades, validation alone. v2: no answer for each feature any more. */
export const updateFeaturesHandler: AnyHandler = handler<UpdateFeaturesRequest, UpdateFeaturesResponse>({
  api: updateFeatures,

  async handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    const updates = request.featureUpdates.map(({ feature, maxVersionLevel, upgradeType, allowDowngrade }) => ({
      feature,
      level: maxVersionLevel,
      upgradeType: context.apiVersion === 0 && allowDowngrade ? UpgradeType.safeDowngrade : upgradeType,
    }))
    const outcome = services.features.update(updates, request.validateOnly)
    if ('errorCode' in outcome) return outcome
    await outcome
    if (context.apiVersion >= 2) return { errorMessage: null }
    return {
      errorMessage: null,
      results: updates.map(({ feature }) => ({ feature, errorCode: ErrorCode.NONE, errorMessage: 'NONE' })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
