import type { ClusterNode } from '@streamwright/client'
import { UnsupportedVersionError } from '@streamwright/client'
import type { CommandLevel } from '../command-line/command-line-parser.ts'
import { commandTool } from '../command-line/command-tool.ts'
import { widthOf } from '../command-line/columns.ts'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { connectionOptions, eitherConnection } from './connection-options.ts'

const shortFlags: Readonly<Record<string, string>> = {
  '--bootstrap-server': '-b',
  '--bootstrap-controller': '-C',
  '--command-config': '-c',
}

const connection: CommandLevel = {
  options: [
    ...connectionOptions.map((option) => ({
      ...option,
      flags: option.flags.flatMap((flag) => [flag, shortFlags[flag] ?? flag]),
    })),
    { flags: ['--config'], about: 'The older name of --command-config.' },
  ],
  exclusive: eitherConnection(true),
}

/** `kafka-cluster`: the cluster's id and nodes; forgets brokers. */
export const clusterTool: Tool = commandTool({
  name: 'kafka-cluster',
  about: 'The Kafka cluster tool.',
  helpExit: 1,
  options: [],
  commands: {
    'cluster-id': { ...connection, about: 'Get information about the ID of a cluster.', run: clusterId },
    unregister: {
      ...connection,
      options: [
        ...connection.options,
        { flags: ['--id', '-i'], about: 'The ID of the broker to unregister.', type: 'integer', isRequired: true },
      ],
      about: 'Unregister a broker.',
      run: unregister,
    },
    'list-endpoints': {
      ...connection,
      options: [
        ...connection.options,
        { flags: ['--include-fenced-brokers'], about: 'Whether to include fenced brokers.', type: 'flag' },
      ],
      about: 'List endpoints',
      run: listEndpoints,
    },
  },
})

/** `--config` is the older name of `--command-config`. */
function renamed(options: ParsedOptions): ParsedOptions {
  const file = options.value('config')
  return file === undefined ? options : options.with('command-config', file)
}

async function clusterId(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const cluster = await withAdmin(renamed(options), terminal, (admin) => admin.describeCluster()).catch(asJava)
  const { clusterId: id } = cluster
  show(options, terminal, { clusterId: id }, () => {
    terminal.out(id === null ? 'No cluster ID found. The Kafka version is probably too old.\n' : `Cluster ID: ${id}\n`)
  })
  return 0
}

async function unregister(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const id = options.integer('id') ?? 0
  try {
    await withAdmin(renamed(options), terminal, (admin) => admin.unregisterBroker(id))
  } catch (error) {
    if (error instanceof UnsupportedVersionError)
      throw new ArgumentError('The target cluster does not support the broker unregistration API.')
    // Kafka's tool says it by its logger, and ends its own output with an empty line.
    throw new ArgumentError(
      `Unregister broker request for broker ID ${id} failed: ${javaError(error, 'unregisterBroker').message}\n`,
    )
  }
  terminal.out(`Broker ${id} is no longer registered.\n`)
  return 0
}

async function listEndpoints(options: ParsedOptions, terminal: Terminal): Promise<number> {
  const ofControllers = options.has('bootstrap-controller')
  const includeFencedBrokers = options.has('include-fenced-brokers')
  if (ofControllers && includeFencedBrokers)
    throw new ArgumentError('The option --include-fenced-brokers is only supported with --bootstrap-server option')
  const { brokers } = await withAdmin(renamed(options), terminal, (admin) =>
    admin.describeCluster(includeFencedBrokers ? { includeFencedBrokers } : {}),
  ).catch(asJava)
  const type = ofControllers ? 'controller' : 'broker'
  const nodes = brokers.toSorted((left, right) => left.id - right.id)
  show(
    options,
    terminal,
    nodes.map(({ isFenced, ...node }) => ({ ...node, ...(ofControllers ? {} : { isFenced }), type })),
    () => terminal.out(endpointsTable(nodes, ofControllers)),
  )
  return 0
}

function endpointsTable(nodes: readonly ClusterNode[], ofControllers: boolean): string {
  const hostWidth = widthOf(
    nodes.map(({ host }) => host),
    0,
  )
  const rackWidth = widthOf(
    nodes.map(({ rack }) => String(rack)),
    10,
  )
  const line = (id: string, host: string, port: string, rack: string, state: string, type: string): string => {
    const cells = [id.padEnd(10), host.padEnd(hostWidth), port.padEnd(10), rack.padEnd(rackWidth)]
    return `${[...cells, ...(ofControllers ? [] : [state.padEnd(10)]), type.padEnd(15)].join(' ')}\n`
  }
  const rows = nodes.map(({ id, host, port, rack, isFenced }) => {
    const state = isFenced ? 'fenced' : 'unfenced'
    return line(String(id), host, String(port), String(rack), state, ofControllers ? 'controller' : 'broker')
  })
  return line('ID', 'HOST', 'PORT', 'RACK', 'STATE', 'ENDPOINT_TYPE') + rows.join('')
}

function asJava(error: unknown): never {
  throw new ArgumentError(javaError(error).text)
}
