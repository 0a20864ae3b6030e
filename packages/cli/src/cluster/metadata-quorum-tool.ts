import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { QuorumEndpoint, QuorumInfo, QuorumReplica } from '@streamwright/client'
import { parseUuid, zeroUuid } from '@streamwright/protocol'
import { asError, parseProperties } from '@streamwright/std'
import { propertiesFile } from '../command-line/client-properties.ts'
import type { CommandOption } from '../command-line/command-line-parser.ts'
import { commandTool } from '../command-line/command-tool.ts'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { tabTable } from '../transactions/tab-table.ts'
import { connectionOptions, eitherConnection } from './connection-options.ts'

const dryRun: CommandOption = { flags: ['--dry-run'], about: 'Say what would be done, and do nothing.', type: 'flag' }

/** `kafka-metadata-quorum`: the controllers of a cluster. */
export const metadataQuorumTool: Tool = commandTool({
  name: 'kafka-metadata-quorum',
  about: 'This tool describes kraft metadata quorum status.',
  helpExit: 0,
  options: connectionOptions,
  exclusive: eitherConnection(true),
  commands: {
    describe: {
      about: 'Describe the metadata quorum info',
      options: [
        { flags: ['--status'], about: 'A short summary of the quorum.', type: 'flag' },
        { flags: ['--replication'], about: 'How far each node has read.', type: 'flag' },
        { flags: ['--human-readable'], about: 'Times as they are read.', type: 'flag' },
      ],
      run: describe,
    },
    'add-controller': { about: 'Add a controller to the cluster', options: [dryRun], run: addController },
    'remove-controller': {
      about: 'Remove a controller from the cluster',
      options: [
        { flags: ['--controller-id', '-i'], about: 'Its id.', type: 'integer', isRequired: true },
        { flags: ['--controller-directory-id', '-d'], about: 'The id of its directory.', isRequired: true },
        dryRun,
      ],
      run: removeController,
    },
  },
})

async function describe(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const [status, replication] = [options.has('status'), options.has('replication')]
  if (status && replication)
    throw new ArgumentError('Only one of --status or --replication should be specified with describe sub-command')
  if (!status && !replication)
    throw new ArgumentError('One of --status or --replication must be specified with describe sub-command')
  if (status && options.has('human-readable'))
    throw new ArgumentError('The option --human-readable is only supported along with --replication')
  const { quorum, clusterId } = await withAdmin(options, terminal, async (admin) => ({
    quorum: await admin.describeMetadataQuorum(),
    clusterId: status ? (await admin.describeCluster()).clusterId : null,
  })).catch((error: unknown) => {
    throw new ArgumentError(javaError(error, 'describeMetadataQuorum').text)
  })
  const content = { clusterId, ...quorum, nodes: Object.fromEntries(quorum.nodes) }
  show(options, terminal, content, () => {
    if (status) terminal.out(statusText(clusterId, quorum))
    else terminal.out(replicationText(quorum, options.has('human-readable'), terminal.environment.clock.wallMs()))
  })
  return 0
}

function statusText(clusterId: string | null, quorum: QuorumInfo): string {
  const { leaderId, leaderEpoch, highWatermark, voters, observers, nodes } = quorum
  const leader = voters.find(({ replicaId }) => replicaId === leaderId)
  const followers = voters.filter(({ replicaId }) => replicaId !== leaderId)
  const end = leader?.logEndOffset ?? 0
  const lag = Math.max(0, ...followers.map(({ logEndOffset }) => end - logEndOffset))
  const caughtUp = leader?.lastCaughtUpMs ?? 0
  const lagMs = Math.max(0, ...followers.map(({ lastCaughtUpMs }) => caughtUp - (lastCaughtUpMs ?? caughtUp)))
  const rows: readonly (readonly [string, string | number])[] = [
    ['ClusterId:', String(clusterId)],
    ['LeaderId:', leaderId],
    ['LeaderEpoch:', leaderEpoch],
    ['HighWatermark:', highWatermark],
    ['MaxFollowerLag:', lag],
    ['MaxFollowerLagTimeMs:', lagMs],
    ['CurrentVoters:', `[${voters.map((voter) => nodeText(voter, nodes.get(voter.replicaId))).join(', ')}]`],
    ['CurrentObservers:', `[${observers.map((observer) => nodeText(observer, undefined)).join(', ')}]`],
  ]
  return rows.map(([label, value]) => `${label.padEnd(24)}${value}\n`).join('')
}

function nodeText({ replicaId, directoryId }: QuorumReplica, endpoints: readonly QuorumEndpoint[] | undefined): string {
  const directory = directoryId === zeroUuid ? '' : `, "directoryId": "${directoryId}"`
  const told = endpoints?.map((endpoint) => `"${endpointText(endpoint)}"`).join(', ')
  return `{"id": ${replicaId}${directory}${told === undefined ? '' : `, "endpoints": [${told}]`}}`
}

function endpointText({ name, host, port }: QuorumEndpoint): string {
  return `${name}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function replicationText(quorum: QuorumInfo, isReadable: boolean, nowMs: number): string {
  const leader = quorum.voters.find(({ replicaId }) => replicaId === quorum.leaderId)
  const end = leader?.logEndOffset ?? 0
  const time = (timeMs: number | undefined): string => {
    if (timeMs === undefined) return '-1'
    return isReadable ? String(nowMs - timeMs) : String(timeMs)
  }
  const row = (replica: QuorumReplica, status: string): (string | number)[] => [
    ...[replica.replicaId, replica.directoryId, replica.logEndOffset, end - replica.logEndOffset],
    ...[time(replica.lastFetchMs), time(replica.lastCaughtUpMs), status],
  ]
  const followers = quorum.voters.filter((voter) => voter !== leader)
  return tabTable(
    ['NodeId', 'DirectoryId', 'LogEndOffset', 'Lag', 'LastFetchTimestamp', 'LastCaughtUpTimestamp', 'Status'],
    [
      ...(leader === undefined ? [] : [row(leader, 'Leader')]),
      ...followers.map((follower) => row(follower, 'Follower')),
      ...quorum.observers.map((observer) => row(observer, 'Observer')),
    ],
  )
}

async function addController(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const file = options.value('command-config')
  if (file === undefined) {
    throw new ArgumentError(
      'You must supply the configuration file of the controller you are adding when using add-controller.',
    )
  }
  const properties = propertiesFile(file)
  const id = Number(properties['node.id'] ?? properties['broker.id'])
  if (!Number.isInteger(id) || id < 0)
    throw new ArgumentError('node.id not found in configuration file. Is this a valid controller configuration file?')
  const roles = (properties['process.roles'] ?? '').split(',').map((role) => role.trim())
  if (!roles.includes('controller'))
    throw new ArgumentError(
      "process.roles did not contain 'controller' in the configuration file. Is this a valid controller configuration file?",
    )
  const directoryId = directoryIdOf(properties)
  const endpoints = endpointsOf(properties)
  if (!options.has('dry-run')) {
    await withAdmin(options, terminal, (admin) => admin.addRaftVoter({ id, directoryId, endpoints })).catch(
      (error: unknown) => {
        throw new ArgumentError(javaError(error, 'addRaftVoter').text)
      },
    )
  }
  const what = options.has('dry-run') ? 'DRY RUN of adding' : 'Added'
  terminal.out(
    `${what} controller ${id} with directory id ${directoryId} and endpoints: ${endpoints.map(endpointText).join(', ')}\n`,
  )
  return 0
}

function directoryIdOf(properties: Readonly<Record<string, string>>): string {
  const directory = properties['metadata.log.dir'] ?? properties['log.dirs']?.split(',')[0] ?? properties['log.dir']
  if (directory === undefined)
    throw new ArgumentError(
      'Neither metadata.log.dir, log.dirs, nor log.dir were found. Is this a valid controller configuration file?',
    )
  try {
    const id = parseProperties(readFileSync(join(directory.trim(), 'meta.properties'), 'utf8'))['directory.id']
    if (id !== undefined) return id
  } catch {
    throw new ArgumentError(`Unable to read meta.properties from ${directory}`)
  }
  throw new ArgumentError('No directory id found in meta.properties')
}

function endpointsOf(properties: Readonly<Record<string, string>>): QuorumEndpoint[] {
  const names = (properties['controller.listener.names'] ?? '').split(',').map((name) => name.trim().toUpperCase())
  const all = `${properties['advertised.listeners'] ?? ''},${properties['listeners'] ?? ''}`.split(',')
  const found = new Map<string, QuorumEndpoint>()
  for (const text of all) {
    const [, name = '', host = '', port = ''] = /^\s*(\w+):\/\/\[?([^\]]*?)\]?:(\d+)\s*$/.exec(text) ?? []
    if (!names.includes(name.toUpperCase()) || found.has(name)) continue
    found.set(name, { name: name.toUpperCase(), host: host === '' ? 'localhost' : host, port: Number(port) })
  }
  if (found.size === 0) throw new ArgumentError('controller.listener.names was not found in listeners.')
  return [...found.values()]
}

async function removeController(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const id = options.integer('controller-id') ?? -1
  if (id < 0) throw new ArgumentError(`Invalid negative --controller-id: ${id}`)
  const directoryId = options.required('controller-directory-id')
  checkUuid(directoryId)
  if (!options.has('dry-run')) {
    await withAdmin(options, terminal, (admin) => admin.removeRaftVoter({ id, directoryId })).catch(
      (error: unknown) => {
        throw new ArgumentError(javaError(error, 'removeRaftVoter').text)
      },
    )
  }
  const what = options.has('dry-run') ? 'DRY RUN of removing ' : 'Removed '
  terminal.out(`${what} KRaft controller ${id} with directory id ${directoryId}\n`)
  return 0
}

function checkUuid(text: string): void {
  try {
    parseUuid(text)
  } catch (error) {
    const { length } = Buffer.from(text, 'base64url')
    const why =
      length === 16
        ? asError(error).message
        : `Input string \`${text}\` decoded as ${length} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`
    throw new ArgumentError(`Failed to parse --controller-directory-id: ${why}`)
  }
}
