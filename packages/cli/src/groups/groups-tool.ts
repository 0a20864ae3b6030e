import type { GroupListing } from '@streamwright/client'
import { columns, widthOf } from '../command-line/columns.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { javaError } from '../command-line/java-error.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { capitalized } from '../consumer-groups/list-groups.ts'

const types = ['classic', 'consumer', 'share', 'streams']
const columnWidthMin = 20
const filters = ['consumer', 'share', 'streams']

/** `kafka-groups`: groups of all kinds. */
export const groupsTool: Tool = {
  name: 'kafka-groups',
  about: 'This tool helps to list groups of all types.',
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    list: { about: 'List groups.', argument: 'none' },
    'group-type': { about: 'Only groups of this type: classic, consumer, share or streams.', argumentName: 'type' },
    protocol: { about: 'Only groups of this protocol.', argumentName: 'protocol' },
    consumer: { about: 'Only groups of consumers, of whatever type.', argument: 'none' },
    share: { about: 'Only share groups.', argument: 'none' },
    streams: { about: 'Only streams groups.', argument: 'none' },
    ...outputOption,
  },
  async run(options, terminal) {
    checkOptions(options)
    const groups = await withAdmin(options, terminal, (admin) => admin.listGroups()).catch((error: unknown) => {
      throw new ArgumentError(javaError(error, 'listGroups').text)
    })
    const isWanted = filterOf(options)
    show(options, terminal, groups.filter(isWanted), (wanted) => terminal.out(tableOf(wanted)))
    return 0
  },
}

function checkOptions(options: ParsedOptions): void {
  if (!options.has('bootstrap-server')) throw new UsageError('Missing required option(s) [bootstrap-server]')
  if (!options.has('list')) throw new UsageError('Command must include exactly one action: --list.')
  for (const [index, name] of filters.entries())
    options.exclude(name, [...filters.filter((_, other) => other !== index), 'group-type', 'protocol'])
  const type = options.value('group-type')
  if (type !== undefined && !types.includes(type.toLowerCase()))
    throw new ArgumentError('--group-type must be a valid group type.')
}

function filterOf(options: ParsedOptions): (group: GroupListing) => boolean {
  const type = options.value('group-type')?.toLowerCase()
  const protocol = options.value('protocol')
  return (group) => {
    const own = group.type.toLowerCase()
    if (options.has('consumer'))
      return own === 'consumer' || (own === 'classic' && ['', 'consumer'].includes(group.protocolType))
    if (options.has('share')) return own === 'share'
    if (options.has('streams')) return own === 'streams'
    return (type === undefined || own === type) && (protocol === undefined || group.protocolType === protocol)
  }
}

/** All columns are as wide as the longest item of any, and a blank stands behind each of a group's. */
function tableOf(groups: readonly GroupListing[]): string {
  const rows = groups.map(({ groupId, type, protocolType }) => [groupId, capitalized(type), protocolType])
  const width = widthOf(rows.flat(), columnWidthMin)
  const header = columns([width, width, width], ['GROUP', 'TYPE', 'PROTOCOL'])
  return `${header}\n${rows.map((row) => `${columns([width, width, width], row)} \n`).join('')}`
}
