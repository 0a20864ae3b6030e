import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MetadataVersion } from '@streamwright/protocol'
import {
  defaultLevel,
  features,
  metadataVersionLatest,
  metadataVersionName,
  metadataVersions,
  randomUuid,
} from '@streamwright/protocol'
import { parseProperties, present } from '@streamwright/std'
import { featureAndLevel, releaseVersion } from '../cluster/feature-levels.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import type { StorageProperties } from './properties.ts'
import { storageProperties } from './properties.ts'
import { scramUser } from './scram-argument.ts'

const kraftVersionName = 'kraft.version'

/** Makes the directories of a broker ready, as `kafka-storage format` does. */
export function format(options: ParsedOptions, terminal: Terminal): number {
  const properties = storageProperties(options.required('config'))
  const clusterId = options.required('cluster-id')
  const levels = levelsOf(options)
  checkVoters(options, properties, levels)
  for (const text of options.values('add-scram')) scramUser(text)
  const directories = [...new Set([...properties.directories, properties.metadataDirectory])]
  const unformatted = directories.filter((directory) => !isFormatted(directory, clusterId, properties))
  const [formatted] = directories.filter((directory) => !unformatted.includes(directory))
  if (formatted !== undefined && !options.has('ignore-formatted')) {
    throw new ArgumentError(
      `Log directory ${formatted} is already formatted. Use --ignore-formatted to ignore this directory and format the others.`,
    )
  }
  if (unformatted.length === 0) {
    terminal.out('All of the log directories are already formatted.\n')
    return 0
  }
  terminal.out(`Bootstrap metadata: ${bootstrapText(levels)}\n`)
  const { name } = present(
    metadataVersions.find(({ level }) => level === levels.get(metadataVersionName)),
    'The level of metadata was looked up',
  )
  for (const directory of unformatted) {
    terminal.out(
      `Formatting ${whatOf(directory, properties, options)} ${directory} with ${metadataVersionName} ${name}.\n`,
    )
    const id = randomUuid(terminal.environment.random)
    mkdirSync(directory, { recursive: true })
    const lines = [`cluster.id=${clusterId}`, `directory.id=${id}`, `node.id=${properties.nodeId}`, 'version=1', '']
    writeFileSync(join(directory, 'meta.properties'), lines.join('\n'))
  }
  return 0
}

function whatOf(directory: string, properties: StorageProperties, options: ParsedOptions): string {
  if (directory !== properties.metadataDirectory) return 'data directory'
  const isDynamic = options.has('standalone') || options.has('initial-controllers')
  return isDynamic ? 'dynamic metadata voter directory' : 'metadata directory'
}

/** Throws when the directory belongs to another cluster or node. */
function isFormatted(directory: string, clusterId: string, { nodeId }: StorageProperties): boolean {
  const path = join(directory, 'meta.properties')
  if (!existsSync(path)) return false
  const found = parseProperties(readFileSync(path, 'utf8'))
  const check = (name: string, expected: string): void => {
    const value = found[name]
    if (value === undefined || value === expected) return
    throw new ArgumentError(
      `Exception in thread "main" java.lang.RuntimeException: Invalid ${name} in: ${path}. Expected ${expected}, but read ${value}`,
    )
  }
  check('cluster.id', clusterId)
  check('node.id', String(nodeId))
  return true
}

/** The levels of features that the cluster begins with, by name; those at 0 are left out. */
function levelsOf(options: ParsedOptions): ReadonlyMap<string, number> {
  const release = options.value('release-version')
  const wanted = new Map(options.values('feature').map((text) => feature(text)))
  const version = metadataOf(release, wanted)
  const levels = new Map([[metadataVersionName, version.level]])
  for (const each of features.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const asked = wanted.get(each.name)
    if (each.name === kraftVersionName) {
      if (asked !== undefined) levels.set(each.name, asked)
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

function checkVoters(options: ParsedOptions, properties: StorageProperties, levels: ReadonlyMap<string, number>): void {
  const namesVoters = options.has('standalone') || options.has('initial-controllers')
  const isDynamic = namesVoters || options.has('no-initial-controllers')
  if (properties.hasStaticVoters) {
    if (namesVoters) {
      throw new ArgumentError(
        'You cannot specify controller.quorum.voters and format the node with --initial-controllers or --standalone. If you want to use dynamic quorum, please remove controller.quorum.voters and specify controller.quorum.bootstrap.servers instead.',
      )
    }
    if ((levels.get(kraftVersionName) ?? 0) > 0) {
      throw new ArgumentError(
        'Cannot set kraft.version to 1 unless controller.quorum.voters is empty and one of the flags --standalone, --initial-controllers, or --no-initial-controllers is used. For dynamic controllers support, try using one of --standalone, --initial-controllers, or --no-initial-controllers and removing controller.quorum.voters.',
      )
    }
    return
  }
  if (!isDynamic && properties.isController) {
    throw new ArgumentError(
      'Because controller.quorum.voters is not set on this controller, you must specify one of the following: --standalone, --initial-controllers, or --no-initial-controllers.',
    )
  }
}

function bootstrapText(levels: ReadonlyMap<string, number>): string {
  const records = [...levels]
    .filter(([name]) => name !== kraftVersionName)
    .map(
      ([name, level]) => `ApiMessageAndVersion(FeatureLevelRecord(name='${name}', featureLevel=${level}) at version 0)`,
    )
  return `BootstrapMetadata(records=[${records.join(', ')}], metadataVersionLevel=${levels.get(metadataVersionName) ?? 0}, source=format command)`
}
