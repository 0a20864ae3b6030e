/** What a cluster's features are, and which levels Apache Kafka 4.3 knows of each. */

/** A level of `metadata.version`, by which a cluster says how new its metadata is. */
export interface MetadataVersion {
  readonly level: number
  /** Such as `4.3-IV0`. */
  readonly name: string
  /** Such as `4.3`. */
  readonly release: string
  /** Not for use yet: of a release to come. */
  readonly isUnstable: boolean
}

/** One level of a feature. */
export interface FeatureLevel {
  readonly level: number
  /** The level of `metadata.version` from which on new clusters have it. */
  readonly metadataVersion: number
  /** Levels that other features must have. */
  readonly dependencies?: Readonly<Record<string, number>>
}

/** A feature beside `metadata.version`. Its levels begin with 0, which is: not there. */
export interface Feature {
  readonly name: string
  /** The highest level that may be used. */
  readonly latest: number
  readonly levels: readonly FeatureLevel[]
}

export const metadataVersionName = 'metadata.version'

/** The newest level that Apache Kafka 4.3 uses. */
export const metadataVersionLatest = 30

// oxfmt-ignore
const versionRows: readonly (readonly [number, string, string])[] = [
  [7, '3.3-IV3', '3.3'],
  [8, '3.4-IV0', '3.4'],
  [9, '3.5-IV0', '3.5'],
  [10, '3.5-IV1', '3.5'],
  [11, '3.5-IV2', '3.5'],
  [12, '3.6-IV0', '3.6'],
  [13, '3.6-IV1', '3.6'],
  [14, '3.6-IV2', '3.6'],
  [15, '3.7-IV0', '3.7'],
  [16, '3.7-IV1', '3.7'],
  [17, '3.7-IV2', '3.7'],
  [18, '3.7-IV3', '3.7'],
  [19, '3.7-IV4', '3.7'],
  [20, '3.8-IV0', '3.8'],
  [21, '3.9-IV0', '3.9'],
  [22, '4.0-IV0', '4.0'],
  [23, '4.0-IV1', '4.0'],
  [24, '4.0-IV2', '4.0'],
  [25, '4.0-IV3', '4.0'],
  [26, '4.1-IV0', '4.1'],
  [27, '4.1-IV1', '4.1'],
  [28, '4.2-IV0', '4.2'],
  [29, '4.2-IV1', '4.2'],
  [30, '4.3-IV0', '4.3'],
  [31, '4.4-IV0', '4.4'],
]

/** All levels of `metadata.version`, oldest first. */
export const metadataVersions: readonly MetadataVersion[] = versionRows.map(([level, name, release]) => ({
  level,
  name,
  release,
  isUnstable: level > metadataVersionLatest,
}))

/** The oldest level that is still supported. */
export const metadataVersionOldest = 7

/** All features but `metadata.version`, in Kafka's order. */
export const features: readonly Feature[] = [
  {
    name: 'kraft.version',
    latest: 1,
    levels: [
      { level: 0, metadataVersion: 7 },
      { level: 1, metadataVersion: 21 },
    ],
  },
  {
    name: 'transaction.version',
    latest: 2,
    levels: [
      { level: 0, metadataVersion: 7 },
      { level: 1, metadataVersion: 24 },
      { level: 2, metadataVersion: 24 },
    ],
  },
  {
    name: 'group.version',
    latest: 1,
    levels: [
      { level: 0, metadataVersion: 7 },
      { level: 1, metadataVersion: 22 },
    ],
  },
  {
    name: 'eligible.leader.replicas.version',
    latest: 1,
    levels: [
      { level: 0, metadataVersion: 7 },
      { level: 1, metadataVersion: 26, dependencies: { 'metadata.version': 23 } },
    ],
  },
  {
    name: 'share.version',
    latest: 1,
    levels: [
      { level: 0, metadataVersion: 7 },
      { level: 1, metadataVersion: 28 },
    ],
  },
  {
    name: 'streams.version',
    latest: 1,
    levels: [
      { level: 0, metadataVersion: 7 },
      { level: 1, metadataVersion: 29 },
    ],
  },
]

/** The level of `metadata.version` that `text` names: a level's own name, or a release, which is its newest level. */
export function metadataVersionOf(text: string): MetadataVersion | undefined {
  const named = metadataVersions.find(({ name }) => name === text)
  return named ?? metadataVersions.findLast(({ release, isUnstable }) => release === text && !isUnstable)
}

/** The level that a new cluster of that `metadata.version` has of a feature. */
export function defaultLevel(feature: Feature, metadataVersion: number): number {
  const fitting = feature.levels.filter(
    (each) => each.level <= feature.latest && each.metadataVersion <= metadataVersion,
  )
  return fitting.at(-1)?.level ?? 0
}
