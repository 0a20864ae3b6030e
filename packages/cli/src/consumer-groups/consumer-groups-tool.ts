import { asError } from '@streamwright/std'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { checkOptions } from './check-options.ts'
import { deleteGroups } from './delete-groups.ts'
import { deleteOffsets } from './delete-offsets.ts'
import { describeGroups } from './describe-groups.ts'
import { groupTimeoutMsDefault } from './group-selection.ts'
import { listGroups } from './list-groups.ts'
import { resetOffsets } from './reset-offsets.ts'
import { validateRegex } from './validate-regex.ts'

const actions = {
  list: { run: listGroups, call: 'listGroups' },
  describe: { run: describeGroups, call: 'describeConsumerGroups(api=FIND_COORDINATOR)' },
  delete: { run: deleteGroups, call: 'deleteConsumerGroups(api=FIND_COORDINATOR)' },
  'reset-offsets': { run: resetOffsets, call: 'describeConsumerGroups(api=FIND_COORDINATOR)' },
  'delete-offsets': { run: deleteOffsets, call: 'describeTopics' },
} as const

const actionNames = [...Object.keys(actions), 'validate-regex']

/** `kafka-consumer-groups`: lists, describes and deletes groups, and moves their offsets. */
export const consumerGroupsTool: Tool = {
  name: 'kafka-consumer-groups',
  about:
    'This tool helps to list all consumer groups, describe a consumer group, delete consumer group info, or reset consumer group offsets.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    list: { about: 'List all groups.', argument: 'none' },
    describe: { about: 'Show the offsets, members or state of groups.', argument: 'none' },
    delete: { about: 'Delete groups with their offsets.', argument: 'none' },
    'reset-offsets': {
      about: 'Move the offsets of groups without members. Only shows where to, unless --execute is given.',
      argument: 'none',
    },
    'delete-offsets': { about: 'Forget the offsets of a group for topics.', argument: 'none' },
    'validate-regex': { about: 'Tell whether a regular expression is one that brokers understand.' },
    group: { about: 'A group.', argumentName: 'group', repeatable: true },
    'all-groups': { about: 'All groups.', argument: 'none' },
    topic: {
      about: 'A topic, or some of its partitions: topic:0,1,2.',
      argumentName: 'topic',
      repeatable: true,
    },
    'all-topics': { about: 'All topics of which the group has offsets.', argument: 'none' },
    timeout: {
      about: `How long to wait for the brokers. Default: ${groupTimeoutMsDefault}.`,
      argumentName: 'ms',
    },
    members: { about: 'Describe members.', argument: 'none' },
    offsets: { about: 'Describe offsets (the default).', argument: 'none' },
    state: {
      about: 'Describe the state; with --list, show states, or only groups in these states, separated by commas.',
      argument: 'optional',
      argumentName: 'states',
    },
    type: {
      about: 'With --list, show types, or only groups of these types: classic, consumer.',
      argument: 'optional',
      argumentName: 'types',
    },
    verbose: { about: 'Describe more.', argument: 'none' },
    'dry-run': { about: 'Only show where offsets would be reset to.', argument: 'none' },
    execute: { about: 'Reset offsets.', argument: 'none' },
    export: { about: 'Show the offsets as lines of CSV.', argument: 'none' },
    'to-offset': { about: 'Reset to this offset.', argumentName: 'offset' },
    'from-file': {
      about: 'Reset to offsets of a file with lines topic,partition,offset or group,topic,partition,offset.',
      argumentName: 'file',
    },
    'to-datetime': {
      about: 'Reset to the first record from this time on, as YYYY-MM-DDTHH:mm:SS.sss.',
      argumentName: 'time',
    },
    'by-duration': { about: 'Reset to the first record of this long ago, as PnDTnHnMnS.', argumentName: 'duration' },
    'to-earliest': { about: 'Reset to the beginning.', argument: 'none' },
    'to-latest': { about: 'Reset to the end.', argument: 'none' },
    'to-current': { about: 'Reset to where the group is.', argument: 'none' },
    'shift-by': { about: 'Move by so many records, back if negative.', argumentName: 'count' },
    ...outputOption,
  },
  async run(options, terminal) {
    checkOptions(options, (line) => terminal.error(`${line}\n`))
    const given = actionNames.filter((name) => options.has(name))
    if (given.length !== 1) {
      throw new UsageError(`Command must include exactly one action: --${actionNames.join(', --')}`)
    }
    if (options.has('validate-regex')) return validateRegex(options.required('validate-regex'), terminal)
    await runAction(given[0] as keyof typeof actions, options, terminal)
    return 0
  },
}

/** Kafka's tool says what failed, and ends as if it had not. */
async function runAction(name: keyof typeof actions, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const { run, call } = actions[name]
  try {
    await withAdmin(options, terminal, (admin) => run(admin, options, terminal))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const said = javaError(error, call)
    terminal.out(`\nError: Executing consumer group command failed due to ${said.message}\n`)
    terminal.error(`${said.text === said.message ? asError(error).message : said.text}\n`)
  }
}
