import {
  ErrorCode,
  features,
  metadataVersionLatest,
  metadataVersionName,
  metadataVersionOldest,
} from '@streamwright/protocol'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { MetadataLog } from '../metadata/metadata-log.ts'

/** How a level may be changed, as UpdateFeatures numbers it. */
export const UpgradeType = { upgrade: 1, safeDowngrade: 2, unsafeDowngrade: 3 } as const

/** A wish to change the level of a feature. 0: the feature is to be off. */
export interface FeatureUpdate {
  readonly feature: string
  readonly level: number
  readonly upgradeType: number
}

/** A feature with the levels that this broker supports. */
export interface SupportedFeature {
  readonly name: string
  readonly range: readonly [number, number]
}

const kraftVersionName = 'kraft.version'

/** All features that a broker of Apache Kafka 4.3 supports. */
export const supportedFeatures: readonly SupportedFeature[] = [
  { name: metadataVersionName, range: [metadataVersionOldest, metadataVersionLatest] },
  ...features.map(({ name, latest }) => ({ name, range: [0, latest] as const })),
]

/**
 * The levels of features that are in force in the cluster, which is this broker. They begin as those of a new cluster
 * of Apache Kafka 4.3 and change by UpdateFeatures; a change is in the metadata log.
 */
export class FeatureControl {
  readonly #metadata: MetadataLog
  readonly #nodeId: number

  constructor(metadata: MetadataLog, nodeId: number) {
    this.#metadata = metadata
    this.#nodeId = nodeId
  }

  /** Grows with each change: clients look anew when it has. */
  get epoch(): number {
    return this.#metadata.state.featureEpoch
  }

  /** The level in force; 0: the feature is off. */
  level(name: string): number {
    return this.#metadata.state.featureLevels.get(name) ?? bornWith.get(name) ?? 0
  }

  /** All that are on. */
  finalized(): readonly { readonly name: string; readonly level: number }[] {
    return supportedFeatures.map(({ name }) => ({ name, level: this.level(name) })).filter(({ level }) => level > 0)
  }

  /** All or none. The promise resolves when the change is durable. */
  update(updates: readonly FeatureUpdate[], validateOnly: boolean): Refusal | Promise<void> {
    for (const update of updates) {
      const problem = this.#problemOf(update)
      if (problem !== undefined) {
        const errorMessage = `The update failed for all features since the following feature had an error: ${problem}`
        return { errorCode: ErrorCode.INVALID_UPDATE_VERSION, errorMessage }
      }
    }
    const changed = updates.filter(({ feature, level }) => this.level(feature) !== level)
    if (validateOnly || changed.length === 0) return Promise.resolve()
    const epoch = this.epoch + 1
    return this.#metadata.append(
      ...changed.map(({ feature, level }) => ({ kind: 'feature' as const, name: feature, level, epoch })),
    )
  }

  /** In Kafka's words and order of checks. */
  #problemOf({ feature, level, upgradeType }: FeatureUpdate): string | undefined {
    const invalid = (why: string): string => `Invalid update version ${level} for feature ${feature}. ${why}`
    const supported = supportedFeatures.find(({ name }) => name === feature)
    if (supported === undefined && level === 0) return invalid(`Feature ${feature} not found.`)
    if (level < 0) return invalid('A feature version cannot be less than 0.')
    if (upgradeType < UpgradeType.upgrade || upgradeType > UpgradeType.unsafeDowngrade) {
      return invalid('The controller does not support the given upgrade type.')
    }
    const controller = `Local controller ${this.#nodeId}`
    if (supported === undefined) return invalid(`${controller} does not support this feature.`)
    const [low, high] = supported.range
    if (level < low || level > high) return invalid(`${controller} only supports versions ${low}-${high}`)
    const current = this.level(feature)
    if (level < current) return downgradeProblem(feature, level, current, upgradeType, invalid)
    if (level > current && upgradeType !== UpgradeType.upgrade) return invalid("Can't downgrade to a newer version.")
    return undefined
  }
}

function downgradeProblem(
  feature: string,
  level: number,
  current: number,
  upgradeType: number,
  invalid: (why: string) => string,
): string | undefined {
  if (feature === kraftVersionName) return invalid("Can't downgrade the version of this feature.")
  if (upgradeType === UpgradeType.upgrade) {
    return invalid(
      "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
    )
  }
  if (feature !== metadataVersionName) return undefined
  const why =
    upgradeType === UpgradeType.safeDowngrade
      ? 'Refusing to perform the requested downgrade because it might delete metadata information.'
      : 'Unsafe metadata downgrade is not supported in this version.'
  return `Unsupported metadata.version downgrade from ${current} to ${level}. ${why}`
}

/** The levels of a new cluster. Its controllers are those that it was started with, so `kraft.version` stays at 0. */
export const bornWith: ReadonlyMap<string, number> = new Map(
  supportedFeatures.map(({ name, range }) => [name, name === kraftVersionName ? 0 : range[1]]),
)
