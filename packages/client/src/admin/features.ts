import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { updateFeatures } from '@streamwright/protocol/messages/update-features'
import type { Target } from '../cluster/cluster.ts'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'
import type { ValidateOptions } from './topics.ts'

/** The first and the last of a range of levels. */
export interface FeatureRange {
  readonly min: number
  readonly max: number
}

/** The features of a cluster, by name. */
export interface FeatureMetadata {
  /** Levels in force. */
  readonly finalized: ReadonlyMap<string, FeatureRange>
  /** Grows with each change; undefined if the broker does not tell. */
  readonly finalizedEpoch: number | undefined
  /** Levels that the broker that was asked could have. */
  readonly supported: ReadonlyMap<string, FeatureRange>
}

/** How a level may change: up alone, down without a loss, or down with one. */
export type FeatureUpgradeType = 'upgrade' | 'safeDowngrade' | 'unsafeDowngrade'

const upgradeTypes: Readonly<Record<FeatureUpgradeType, number>> = { upgrade: 1, safeDowngrade: 2, unsafeDowngrade: 3 }

/** What a feature is to become. */
export interface FeatureUpdate {
  /** 0: off. */
  readonly maxVersionLevel: number
  /** Default: `upgrade`. */
  readonly upgradeType?: FeatureUpgradeType
}

/** An API that a broker offers, with the first and the last version. */
export interface ApiVersionRange {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
}

/** What a broker says of itself: the versions of its APIs, and features. */
export interface BrokerVersions extends FeatureMetadata {
  readonly apis: readonly ApiVersionRange[]
}

export interface DescribeFeaturesOptions extends AdminOptions {
  /** The node to ask. Default: any. */
  readonly nodeId?: number
}

const clientSoftware = { clientSoftwareName: 'streamwright', clientSoftwareVersion: '0.1.0' }

export function versionsOf(calls: AdminCalls, options: DescribeFeaturesOptions): Promise<BrokerVersions> {
  const target: Target = options.nodeId ?? 'any'
  return calls.whole('Describing features', options, async (timeoutMs) => {
    const ask = (version: number): object => (version >= 3 ? clientSoftware : {})
    const response = await calls.cluster.send(target, apiVersions, ask, { timeoutMs })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Describing features')
    const epoch = Number(response.finalizedFeaturesEpoch)
    return {
      apis: response.apiKeys.map(({ apiKey, minVersion, maxVersion }) => ({ apiKey, minVersion, maxVersion })),
      finalized: new Map(
        response.finalizedFeatures.map(({ name, minVersionLevel, maxVersionLevel }) => [
          name,
          { min: minVersionLevel, max: maxVersionLevel },
        ]),
      ),
      finalizedEpoch: epoch < 0 ? undefined : epoch,
      supported: new Map(
        response.supportedFeatures.map(({ name, minVersion, maxVersion }) => [
          name,
          { min: minVersion, max: maxVersion },
        ]),
      ),
    }
  })
}

export function changeFeatures(
  calls: AdminCalls,
  updates: Readonly<Record<string, FeatureUpdate>>,
  { validateOnly = false, ...options }: ValidateOptions,
): Promise<void> {
  return calls.whole('Updating features', options, async (timeoutMs) => {
    const featureUpdates = Object.entries(updates).map(([feature, { maxVersionLevel, upgradeType = 'upgrade' }]) => ({
      feature,
      maxVersionLevel,
      upgradeType: upgradeTypes[upgradeType],
    }))
    const request = { timeoutMs, featureUpdates, validateOnly }
    const response = await calls.cluster.send('controller', updateFeatures, request, { timeoutMs, minVersion: 1 })
    const failed = [response, ...response.results].find(({ errorCode }) => errorCode !== ErrorCode.NONE)
    if (failed === undefined) return
    const failure = outcome(null, failed.errorCode, 'Updating features', failed.errorMessage)
    if (failure !== null) throw failure
  })
}
