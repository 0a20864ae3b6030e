import type { MetadataVersion } from '@streamwright/protocol'
import {
  defaultLevel,
  features,
  metadataVersionLatest,
  metadataVersionName,
  metadataVersions,
} from '@streamwright/protocol'
import { featureAndLevel, releaseVersion } from '../cluster/feature-levels.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

const kraftVersionName = 'kraft.version'

/** The levels of features that the cluster begins with, by name; those at 0 are left out. */
export function initialLevels(options: ParsedOptions, hasDynamicQuorum: boolean): ReadonlyMap<string, number> {
  const release = options.value('release-version')
  const wanted = new Map(options.values('feature').map((text) => feature(text)))
  const version = metadataOf(release, wanted)
  const levels = new Map([[metadataVersionName, version.level]])
  for (const each of features.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const asked = wanted.get(each.name)
    if (each.name === kraftVersionName) {
      const level = quorumLevel(asked, hasDynamicQuorum)
      if (level > 0) levels.set(each.name, level)
      continue
    }
    const level = asked ?? defaultLevel(each, version.level)
    const found = each.levels.find((one) => one.level === level)
    if (found === undefined) throw javaException(`No feature:${each.name} with feature level ${level}`)
    for (const [other, needed] of Object.entries(found.dependencies ?? {})) {
      if (version.level < needed)
        throw javaException(`${each.name} could not be set to ${level} because it depends on ${other} level ${needed}`)
    }
    if (level > 0) levels.set(each.name, level)
  }
  return levels
}

const dynamicQuorum =
  'controller.quorum.voters is empty and one of the flags --standalone, --initial-controllers, or --no-initial-controllers is used. For dynamic controllers support, try'

/** 1: controllers may come and go. */
function quorumLevel(asked: number | undefined, isDynamic: boolean): number {
  if (asked === 0 && isDynamic) {
    throw new ArgumentError(
      `Cannot set ${kraftVersionName} to 0 if ${dynamicQuorum} removing the --feature flag for ${kraftVersionName}.`,
    )
  }
  if (asked !== undefined && asked !== 0 && !isDynamic) {
    throw new ArgumentError(
      `Cannot set ${kraftVersionName} to ${asked} unless ${dynamicQuorum} using one of --standalone, --initial-controllers, or --no-initial-controllers and removing controller.quorum.voters.`,
    )
  }
  const level = asked ?? (isDynamic ? 1 : 0)
  if (level > 1) throw javaException(`No feature:${kraftVersionName} with feature level ${level}`)
  return level
}

function javaException(message: string): ArgumentError {
  return new ArgumentError(`Exception in thread "main" java.lang.IllegalArgumentException: ${message}`)
}

/** Kafka's tool does not catch what it throws about the form. */
function feature(text: string): readonly [string, number] {
  try {
    return featureAndLevel(text)
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    throw new ArgumentError(`Exception in thread "main" java.lang.RuntimeException: ${error.message}`)
  }
}

function metadataOf(release: string | undefined, wanted: ReadonlyMap<string, number>): MetadataVersion {
  const known = [...features.map(({ name }) => name)].toSorted()
  const strange = [...wanted.keys()].find((name) => name !== metadataVersionName && !known.includes(name))
  if (strange !== undefined)
    throw new ArgumentError(`Unsupported feature: ${strange}. Supported features are: ${known.join(', ')}`)
  const asked = wanted.get(metadataVersionName)
  if (asked !== undefined && release !== undefined)
    throw new ArgumentError('Use --release-version instead of --feature metadata.version=X to avoid ambiguity.')
  if (release !== undefined) return releaseVersion(release, metadataVersionLatest)
  const level = asked ?? metadataVersionLatest
  const version = metadataVersions.find((each) => each.level === level)
  if (version === undefined || version.isUnstable)
    throw javaException(`No MetadataVersion with feature level ${level}.`)
  return version
}
