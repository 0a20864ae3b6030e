import type { MetadataVersion } from '@streamwright/protocol'
import {
  defaultLevel,
  features,
  metadataVersionLatest,
  metadataVersionName,
  metadataVersionOf,
  metadataVersions,
} from '@streamwright/protocol'
import { ArgumentError } from '../command-line/usage-error.ts'

/** A feature with a level, as `--feature name=level` gives it. Throws in Kafka's words. */
export function featureAndLevel(text: string): readonly [string, number] {
  const equals = text.indexOf('=')
  if (equals < 0) throw new ArgumentError(`Can't parse feature=level string ${text}: equals sign not found.`)
  const level = text.slice(equals + 1).trim()
  if (!/^[+-]?\d{1,5}$/.test(level) || Math.abs(Number(level)) > 32_767)
    throw new ArgumentError(`Can't parse feature=level string ${text}: unable to parse ${level} as a short.`)
  return [text.slice(0, equals).trim(), Number(level)]
}

/** The level of metadata that `--release-version` names. Throws with all that there are, up to `newest`. */
export function releaseVersion(text: string, newest: number): MetadataVersion {
  const version = metadataVersionOf(text)
  if (version !== undefined && version.level <= newest) return version
  const names = metadataVersions.filter(({ level }) => level <= newest).map(({ name }) => name)
  throw new ArgumentError(`Unknown metadata.version '${text}'. Supported metadata.version are: ${names.join(', ')}`)
}

/** All levels that Kafka's tools know, those of the release to come included. */
export const newestKnown: number = metadataVersions.at(-1)?.level ?? metadataVersionLatest

/** The levels that a cluster of a release begins with, as `version-mapping` prints them. */
export function versionMapping(text: string | undefined): string {
  const version =
    text === undefined
      ? metadataVersions.find(({ level }) => level === metadataVersionLatest)
      : releaseVersion(text, newestKnown)
  const level = version?.level ?? metadataVersionLatest
  const lines = features.map((feature) => `${feature.name}=${defaultLevel(feature, level)}\n`)
  return `${metadataVersionName}=${level} (${text ?? version?.name ?? ''})\n${lines.join('')}`
}

/** What a level of a feature needs of others, as `feature-dependencies` prints it. */
export function dependencies(name: string, level: number, unknownLevel: string): string {
  if (name === metadataVersionName) {
    const version = metadataVersions.find((each) => each.level === level)
    if (version === undefined) throw new ArgumentError(`Unknown metadata.version ${level}`)
    return `${name}=${level} (${version.name}) has no dependencies.\n`
  }
  const feature = features.find((each) => each.name === name)
  if (feature === undefined) throw new ArgumentError(`Unknown feature: ${name}`)
  const found = feature.levels.find((each) => each.level === level)
  if (found === undefined) throw new ArgumentError(unknownLevel)
  const needed = Object.entries(found.dependencies ?? {})
  if (needed.length === 0) return `${name}=${level} has no dependencies.\n`
  const lines = needed.map(([other, otherLevel]) => `    ${other}=${otherLevel}${versionName(other, otherLevel)}\n`)
  return `${name}=${level} requires:\n${lines.join('')}`
}

function versionName(feature: string, level: number): string {
  const version = feature === metadataVersionName ? metadataVersions.find((each) => each.level === level) : undefined
  return version === undefined ? '' : ` (${version.name})`
}
