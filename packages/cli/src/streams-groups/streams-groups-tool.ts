import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption } from '../command-line/output.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { groupTimeoutMsDefault } from '../consumer-groups/group-selection.ts'
import { checkOptions } from './check-options.ts'
import { CommandFailure } from './command-failure.ts'
import { deleteStreamsGroups } from './delete-groups.ts'
import { deleteInputOffsets } from './delete-offsets.ts'
import { describeStreamsGroups } from './describe-groups.ts'
import { listStreamsGroups } from './list-groups.ts'
import { resetInputOffsets } from './reset-offsets.ts'

const actions = {
  list: listStreamsGroups,
  describe: describeStreamsGroups,
  delete: deleteStreamsGroups,
  'reset-offsets': resetInputOffsets,
  'delete-offsets': deleteInputOffsets,
} as const

const isAction = (name: string): name is keyof typeof actions => name in actions

/** `kafka-streams-groups`: groups of Streams applications whose tasks brokers assign, their offsets and internal topics. */
export const streamsGroupsTool: Tool = {
  name: 'kafka-streams-groups',
  about:
    'This tool helps to list all streams groups, describe a streams group, delete streams group info, or reset streams group offsets.',
  needsOptions: true,
  tellsParseErrorsBriefly: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    group: { about: 'A group: the id of an application.', argumentName: 'group', repeatable: true },
    'input-topic': {
      about: 'A topic that the application reads, or some of its partitions: topic:0,1,2.',
      argumentName: 'topic',
      repeatable: true,
    },
    'all-input-topics': { about: 'All topics that the application reads.', argument: 'none' },
    list: { about: 'List all groups.', argument: 'none' },
    describe: { about: 'Show the offsets, members or state of groups.', argument: 'none' },
    'all-groups': { about: 'All groups.', argument: 'none' },
    delete: { about: 'Delete groups with their offsets.', argument: 'none' },
    'delete-offsets': { about: 'Forget the offsets of a group for input topics.', argument: 'none' },
    timeout: {
      about: `How long to wait for the brokers. Default: ${groupTimeoutMsDefault}.`,
      argumentName: 'ms',
    },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    state: {
      about: 'Describe the state; with --list, show states, or only groups in these states, separated by commas.',
      argument: 'optional',
      argumentName: 'states',
    },
    members: { about: 'Describe members.', argument: 'none' },
    offsets: { about: 'Describe offsets (the default).', argument: 'none' },
    'reset-offsets': { about: 'Move the offsets of groups without members in input topics.', argument: 'none' },
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
    'delete-internal-topic': {
      about: 'With --reset-offsets --execute: also delete this internal topic.',
      argumentName: 'topic',
      repeatable: true,
    },
    'delete-all-internal-topics': {
      about: 'With --delete, or --reset-offsets --execute: also delete all internal topics of the application.',
      argument: 'none',
    },
    verbose: { about: 'Describe more.', argument: 'none' },
    'dry-run': { about: 'Only show where offsets would be reset to.', argument: 'none' },
    execute: { about: 'Reset offsets.', argument: 'none' },
    export: { about: 'Show the offsets as lines of CSV.', argument: 'none' },
    ...outputOption,
  },
  async run(options, terminal) {
    checkOptions(options)
    const [action, ...more] = Object.keys(actions).filter((name) => options.has(name))
    if (action === undefined || !isAction(action) || more.length > 0) {
      throw new UsageError(
        'Command must include exactly one action: --list, --describe, --delete, --reset-offsets, or --delete-offsets.',
      )
    }
    try {
      await withAdmin(options, terminal, (admin) => actions[action](admin, options, terminal))
      return 0
    } catch (error) {
      if (error instanceof UsageError || error instanceof ArgumentError) throw error
      const failure = CommandFailure.of(error)
      terminal.out(`\nError: Executing streams group command failed due to ${failure.message}\n`)
      terminal.error(`${failure.text}\n`)
      return 1
    }
  },
}
