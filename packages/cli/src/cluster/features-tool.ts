import type { FeatureMetadata, FeatureUpdate, FeatureUpgradeType } from '@streamwright/client'
import {
  defaultLevel,
  features,
  metadataVersionName,
  metadataVersionOf,
  metadataVersions,
} from '@streamwright/protocol'
import type { CommandOption } from '../command-line/command-line-parser.ts'
import { commandTool } from '../command-line/command-tool.ts'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { connectionOptions, eitherConnection } from './connection-options.ts'
import { dependencies, featureAndLevel, newestKnown, releaseVersion, versionMapping } from './feature-levels.ts'

const feature: CommandOption = {
  flags: ['--feature'],
  about: 'A feature with its level, name=level.',
  isRepeatable: true,
}
const dryRun: CommandOption = { flags: ['--dry-run'], about: 'Validate, and change nothing.', type: 'flag' }
const unsafe: CommandOption = { flags: ['--unsafe'], about: 'Even if metadata may be lost.', type: 'flag' }
const release: CommandOption = {
  flags: ['--release-version'],
  about: 'The release whose levels are meant, such as 4.3.',
}
const metadata: CommandOption = { flags: ['--metadata'], about: 'The level of metadata.version; deprecated.' }

function brief(message: string): string {
  return `Command line error: ${message}. Type --help for help.`
}

/** `kafka-features`: describes and changes the levels of a cluster's features. */
export const featuresTool: Tool = commandTool({
  name: 'kafka-features',
  about: 'This tool manages feature flags in Kafka.',
  helpExit: 0,
  errorText: brief,
  options: connectionOptions,
  exclusive: eitherConnection(false),
  commands: {
    describe: {
      about: 'Describes the current active feature flags.',
      options: [{ flags: ['--node-id'], about: 'The node to ask.', type: 'integer' }],
      run: describe,
    },
    upgrade: {
      about: 'Upgrade one or more feature flags.',
      options: [metadata, release, feature, dryRun],
      run: (options, terminal) => change('upgrade', options, terminal),
    },
    downgrade: {
      about: 'Downgrade one or more feature flags.',
      options: [metadata, release, feature, unsafe, dryRun],
      run: (options, terminal) => change('downgrade', options, terminal),
    },
    disable: {
      about: 'Disable one or more feature flags. This is the same as downgrading the version to zero.',
      options: [feature, unsafe, dryRun],
      run: (options, terminal) => change('disable', options, terminal),
    },
    'version-mapping': {
      about: 'Look up the corresponding features for a given metadata version.',
      options: [release],
      run(options, terminal) {
        terminal.out(versionMapping(options.value('release-version')))
        return Promise.resolve(0)
      },
    },
    'feature-dependencies': {
      about: 'Look up dependencies for a given feature version.',
      options: [{ ...feature, isRequired: true }],
      run(options, terminal) {
        for (const text of options.values('feature')) {
          const [name, level] = featureAndLevel(text)
          terminal.out(dependencies(name, level, `No feature:${name} with feature level ${level}`))
        }
        return Promise.resolve(0)
      },
    },
  },
})

/** Undefined, once it has said why, when no cluster was named. */
function isConnected(options: ParsedOptions, terminal: Terminal): boolean {
  if (options.has('bootstrap-server') || options.has('bootstrap-controller')) return true
  terminal.error(brief('You must specify either --bootstrap-controller or --bootstrap-server.'))
  return false
}

async function describe(options: ParsedOptions, terminal: Terminal): Promise<number> {
  if (!isConnected(options, terminal)) return 1
  const nodeId = options.integer('node-id')
  const described = await withAdmin(options, terminal, (admin) =>
    admin.describeFeatures(nodeId === undefined ? {} : { nodeId }),
  ).catch((error: unknown) => {
    throw new ArgumentError(javaError(error, 'describeFeatures').text)
  })
  const rows = rowsOf(described)
  show(options, terminal, rows, () => {
    for (const row of rows) {
      const cells = [
        row.feature.padEnd(42),
        `SupportedMinVersion: ${levelText(row.feature, row.supportedMin).padEnd(17)}`,
        `SupportedMaxVersion: ${levelText(row.feature, row.supportedMax).padEnd(17)}`,
        `FinalizedVersionLevel: ${levelText(row.feature, row.finalized).padEnd(17)}`,
      ]
      terminal.out(`Feature: ${cells.join('')}Epoch: ${row.epoch ?? '-'}\n`)
    }
  })
  return 0
}

interface FeatureRow {
  readonly feature: string
  readonly supportedMin: number
  readonly supportedMax: number
  readonly finalized: number
  readonly epoch: number | undefined
}

function rowsOf({ supported, finalized, finalizedEpoch }: FeatureMetadata): readonly FeatureRow[] {
  return [...supported]
    .map(([name, { min, max }]) => ({
      feature: name,
      supportedMin: min,
      supportedMax: max,
      finalized: finalized.get(name)?.max ?? 0,
      epoch: finalizedEpoch,
    }))
    .toSorted((left, right) => (left.feature < right.feature ? -1 : 1))
}

function levelText(name: string, level: number): string {
  if (name !== metadataVersionName) return String(level)
  return metadataVersions.find((each) => each.level === level)?.name ?? `UNKNOWN [${level}]`
}

async function change(
  what: 'upgrade' | 'downgrade' | 'disable',
  options: ParsedOptions,
  terminal: Terminal,
): Promise<number> {
  if (!isConnected(options, terminal)) return 1
  const updates = updatesOf(what, options, terminal)
  const names = Object.keys(updates).toSorted()
  if (names.length === 0) throw new ArgumentError(`You must specify at least one feature to ${what}`)
  const validateOnly = options.has('dry-run')
  const failure = await withAdmin(options, terminal, (admin) => admin.updateFeatures(updates, { validateOnly })).then(
    () => undefined,
    (error: unknown) => javaError(error, 'updateFeatures').message,
  )
  for (const name of names) {
    const level = updates[name]?.maxVersionLevel ?? 0
    terminal.out(`${outcomeText(what, name, level, validateOnly, failure)}\n`)
  }
  if (failure !== undefined) throw new ArgumentError(`${names.length} out of ${names.length} operation(s) failed.`)
  return 0
}

function outcomeText(
  what: 'upgrade' | 'downgrade' | 'disable',
  name: string,
  level: number,
  validateOnly: boolean,
  failure: string | undefined,
): string {
  if (failure !== undefined) {
    const wish = what === 'disable' ? `disable ${name}` : `${what} ${name} to ${level}`
    return `${validateOnly ? 'Can not' : 'Could not'} ${wish}. ${failure}`
  }
  return `${name} ${validateOnly ? 'can be' : 'was'} ${what === 'disable' ? 'disabled.' : `${what}d to ${level}.`}`
}

function updatesOf(
  what: 'upgrade' | 'downgrade' | 'disable',
  options: ParsedOptions,
  terminal: Terminal,
): Record<string, FeatureUpdate> {
  const down: FeatureUpgradeType = options.has('unsafe') ? 'unsafeDowngrade' : 'safeDowngrade'
  const upgradeType = what === 'upgrade' ? 'upgrade' : down
  const updates: Record<string, FeatureUpdate> = {}
  const add = (name: string, maxVersionLevel: number): void => {
    if (name in updates) throw new ArgumentError(`Feature ${name} was specified more than once.`)
    updates[name] = { maxVersionLevel, upgradeType }
  }
  const given = options.values('feature')
  if (what === 'disable') {
    for (const name of given) add(name, 0)
    return updates
  }
  const releaseText = options.value('release-version')
  const metadataText = options.value('metadata')
  if (releaseText !== undefined) {
    if (metadataText !== undefined || given.length > 0)
      throw new ArgumentError('Can not specify `release-version` with other feature flags.')
    const { level } = releaseVersion(releaseText, newestKnown)
    add(metadataVersionName, level)
    for (const each of features) {
      const own = defaultLevel(each, level)
      if (what === 'downgrade' || own > 0) add(each.name, own)
    }
    return updates
  }
  if (metadataText !== undefined) {
    terminal.out(' `metadata` flag is deprecated and may be removed in a future release.\n')
    const version = metadataVersionOf(metadataText)
    if (version === undefined) releaseVersion(metadataText, newestKnown)
    else add(metadataVersionName, version.level)
  }
  for (const text of given) add(...featureAndLevel(text))
  return updates
}
