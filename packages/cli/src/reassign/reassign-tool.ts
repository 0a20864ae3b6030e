import { KafkaError } from '@streamwright/protocol'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { cancelReassignment, executeReassignment } from './execute.ts'
import { generateAssignment } from './generate.ts'
import { ReassignmentError } from './reassignment-file.ts'
import { listReassignments, verifyReassignment } from './verify.ts'

const actions = ['generate', 'execute', 'verify', 'cancel', 'list'] as const
type Action = (typeof actions)[number]

/** What each action needs, and what it may have besides. */
const optionsOf: Readonly<
  Record<Action, { readonly required: readonly string[]; readonly allowed: readonly string[] }>
> = {
  verify: {
    required: ['reassignment-json-file'],
    allowed: ['preserve-throttles'],
  },
  generate: { required: ['broker-list', 'topics-to-move-json-file'], allowed: ['disable-rack-aware'] },
  execute: {
    required: ['reassignment-json-file'],
    allowed: [
      ...['additional', 'replica-alter-log-dirs-throttle', 'throttle', 'timeout'],
      'disallow-replication-factor-change',
    ],
  },
  cancel: { required: ['reassignment-json-file'], allowed: ['preserve-throttles', 'timeout'] },
  list: { required: [], allowed: [] },
}

const always = ['bootstrap-server', 'bootstrap-controller', 'command-config', 'output', 'help', 'version']

/** `kafka-reassign-partitions`: moves partitions to other brokers and directories. */
export const reassignTool: Tool = {
  name: 'kafka-reassign-partitions',
  about: 'This tool helps to move topic partitions between replicas.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'bootstrap-controller': { about: 'Controllers to connect to.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    verify: { about: 'See how far a reassignment is.', argument: 'none' },
    generate: { about: 'Propose an assignment to brokers.', argument: 'none' },
    execute: { about: 'Begin a reassignment.', argument: 'none' },
    cancel: { about: 'Take back a reassignment.', argument: 'none' },
    list: { about: 'List the reassignments that are under way.', argument: 'none' },
    'reassignment-json-file': { about: 'The reassignment.', argumentName: 'file' },
    'topics-to-move-json-file': { about: 'Topics to move; with --generate.', argumentName: 'file' },
    'broker-list': { about: 'Brokers to move to, as 0,1,2; with --generate.', argumentName: 'ids' },
    'disable-rack-aware': { about: 'Do not spread replicas over racks.', argument: 'none' },
    throttle: { about: 'Bytes a second between brokers.', argumentName: 'bytes' },
    'replica-alter-log-dirs-throttle': { about: 'Bytes a second between directories.', argumentName: 'bytes' },
    timeout: { about: 'How long to wait for directories, in ms. Default: 10000.', argumentName: 'ms' },
    additional: { about: 'Beside reassignments that are under way.', argument: 'none' },
    'preserve-throttles': { about: 'Leave throttles as they are.', argument: 'none' },
    'disallow-replication-factor-change': { about: 'Refuse to change numbers of replicas.', argument: 'none' },
    ...outputOption,
  },
  async run(options, terminal) {
    const action = actionOf(options)
    try {
      await withAdmin(options, terminal, (admin) => {
        switch (action) {
          case 'verify':
            return verifyReassignment(admin, options, terminal)
          case 'generate':
            return generateAssignment(admin, options, terminal)
          case 'execute':
            return executeReassignment(admin, options, terminal)
          case 'cancel':
            return cancelReassignment(admin, options, terminal)
          case 'list':
            return listReassignments(admin, options, terminal)
        }
      })
      return 0
    } catch (error) {
      if (!(error instanceof ReassignmentError) && !(error instanceof KafkaError)) throw error
      const message = error instanceof KafkaError ? javaError(error).message : error.message
      // Kafka's tool says what went wrong on standard output.
      terminal.out(`Error: ${message}\n`)
      return 1
    }
  },
}

function actionOf(options: ParsedOptions): Action {
  const given = actions.filter((action) => options.has(action))
  const [action] = given
  if (action === undefined || given.length > 1)
    throw new UsageError('Command must include exactly one action: --generate, --execute, --verify, --cancel, --list')
  const { required, allowed } = optionsOf[action]
  if (!options.has('bootstrap-server') && !options.has('bootstrap-controller'))
    throw new UsageError('Please specify --bootstrap-server')
  for (const name of required) if (!options.has(name)) throw new UsageError(`Missing required argument "[${name}]"`)
  const others = Object.keys(reassignTool.options).filter(
    (name) => ![...always, ...required, ...allowed, action].includes(name),
  )
  const wrong = others.find((name) => options.has(name))
  if (wrong !== undefined) throw new UsageError(`Option "[${wrong}]" can't be used with action "[${action}]"`)
  return action
}
