import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BootstrapMetadata, InitialController, ScramCredential } from '@streamwright/broker'
import { bootstrapFile, encodeBootstrap, encodeQuorum, quorumFile } from '@streamwright/broker'
import { metadataVersionName, metadataVersions, randomUuid } from '@streamwright/protocol'
import { parseProperties, present } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { initialControllers } from './initial-controllers.ts'
import { initialLevels } from './initial-levels.ts'
import type { StorageProperties } from './properties.ts'
import { storageProperties } from './properties.ts'
import { scramCredential } from './scram-argument.ts'

const kraftVersionName = 'kraft.version'
/** Since 3.5-IV2 credentials have a place in Kafka's metadata. */
const scramLevelMin = 11

/** What is written into each directory. */
interface Formatting {
  readonly clusterId: string
  readonly properties: StorageProperties
  readonly bootstrap: BootstrapMetadata
  /** Undefined: they are named in server.properties, or come later. */
  readonly controllers: readonly InitialController[] | undefined
}

/** Makes the directories of a broker ready, as `kafka-storage format` does. */
export async function format(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const properties = storageProperties(options.required('config'))
  const clusterId = options.required('cluster-id')
  checkVoters(options, properties)
  const controllers = initialControllers(options, properties, terminal.environment.random)
  const features = initialLevels(options, controllers !== undefined || options.has('no-initial-controllers'))
  const scramCredentials = await credentialsOf(options, features)
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
  const bootstrap = { features: withoutQuorum(features), scramCredentials }
  terminal.out(`Bootstrap metadata: ${bootstrapText(bootstrap)}\n`)
  const { name } = present(
    metadataVersions.find(({ level }) => level === features.get(metadataVersionName)),
    'The level of metadata was looked up',
  )
  for (const directory of unformatted) {
    const what = whatOf(directory, properties, controllers)
    terminal.out(`Formatting ${what} ${directory} with ${metadataVersionName} ${name}.\n`)
    formatDirectory(directory, { clusterId, properties, bootstrap, controllers }, terminal)
  }
  return 0
}

async function credentialsOf(
  options: ParsedOptions,
  features: ReadonlyMap<string, number>,
): Promise<readonly ScramCredential[]> {
  const texts = options.values('add-scram')
  if (texts.length > 0 && (features.get(metadataVersionName) ?? 0) < scramLevelMin) {
    throw new ArgumentError(`SCRAM is only supported in ${metadataVersionName} 3.5-IV2 or later.`)
  }
  return Promise.all(texts.map(scramCredential))
}

function withoutQuorum(features: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...features].filter(([name]) => name !== kraftVersionName))
}

function formatDirectory(
  directory: string,
  { clusterId, properties, bootstrap, controllers }: Formatting,
  { environment }: Terminal,
): void {
  const { nodeId, metadataDirectory } = properties
  const nowMs = environment.clock.wallMs()
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, bootstrapFile), encodeBootstrap(bootstrap, nowMs))
  const own = directory === metadataDirectory ? controllers?.find(({ id }) => id === nodeId) : undefined
  if (directory === metadataDirectory && controllers !== undefined) {
    const path = join(directory, quorumFile)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, encodeQuorum(1, controllers, nowMs))
  }
  const id = own?.directoryId ?? randomUuid(environment.random)
  const lines = [`cluster.id=${clusterId}`, `directory.id=${id}`, `node.id=${nodeId}`, 'version=1', '']
  // Last: what has it is formatted.
  writeFileSync(join(directory, 'meta.properties'), lines.join('\n'))
}

function whatOf(
  directory: string,
  { metadataDirectory, nodeId }: StorageProperties,
  controllers: readonly InitialController[] | undefined,
): string {
  if (directory !== metadataDirectory) return 'data directory'
  if (controllers === undefined) return 'metadata directory'
  const isVoter = controllers.some(({ id }) => id === nodeId)
  return isVoter ? 'dynamic metadata voter directory' : 'dynamic metadata directory'
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

function checkVoters(options: ParsedOptions, properties: StorageProperties): void {
  const namesVoters = options.has('standalone') || options.has('initial-controllers')
  if (properties.hasStaticVoters) {
    if (!namesVoters) return
    throw new ArgumentError(
      'You cannot specify controller.quorum.voters and format the node with --initial-controllers or --standalone. If you want to use dynamic quorum, please remove controller.quorum.voters and specify controller.quorum.bootstrap.servers instead.',
    )
  }
  if (!namesVoters && !options.has('no-initial-controllers') && properties.isController) {
    throw new ArgumentError(
      'Because controller.quorum.voters is not set on this controller, you must specify one of the following: --standalone, --initial-controllers, or --no-initial-controllers.',
    )
  }
}

function bootstrapText({ features, scramCredentials }: BootstrapMetadata): string {
  const records = [
    ...[...features].map(([name, level]) => `FeatureLevelRecord(name='${name}', featureLevel=${level})`),
    ...scramCredentials.map(
      ({ user, mechanism, salt, storedKey, serverKey, iterations }) =>
        `UserScramCredentialRecord(name='${user}', mechanism=${mechanism}, salt=${javaBytes(salt)}, ` +
        `storedKey=${javaBytes(storedKey)}, serverKey=${javaBytes(serverKey)}, iterations=${iterations})`,
    ),
  ].map((record) => `ApiMessageAndVersion(${record} at version 0)`)
  const level = features.get(metadataVersionName) ?? 0
  return `BootstrapMetadata(records=[${records.join(', ')}], metadataVersionLevel=${level}, source=format command)`
}

/** Bytes as Java prints them, with their signs. */
function javaBytes(base64: string): string {
  return `[${new Int8Array(Buffer.from(base64, 'base64')).join(', ')}]`
}
