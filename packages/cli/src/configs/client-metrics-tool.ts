import type { Admin, ConfigEntry } from '@streamwright/client'
import { KafkaError, randomUuid } from '@streamwright/protocol'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'

const actions = ['alter', 'delete', 'describe', 'list'] as const

/** Options of `--alter`, with the settings that they are. */
const settingOfOption: Readonly<Record<string, string>> = {
  interval: 'interval.ms',
  match: 'match',
  metrics: 'metrics',
}

/** `kafka-client-metrics`: subscriptions to metrics of clients. */
export const clientMetricsTool: Tool = {
  name: 'kafka-client-metrics',
  about: 'This tool helps to manipulate and describe client metrics configurations.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    alter: { about: 'Make or change a subscription.', argument: 'none' },
    delete: { about: 'Delete a subscription.', argument: 'none' },
    describe: { about: 'Show subscriptions.', argument: 'none' },
    list: { about: 'List subscriptions.', argument: 'none' },
    name: { about: 'The name of the subscription.', argumentName: 'name' },
    'generate-name': { about: 'Make up a name; with --alter.', argument: 'none' },
    interval: { about: 'How often clients send, in ms; with --alter.', argumentName: 'ms' },
    match: { about: 'Which clients are meant, k1=v1,k2=v2; with --alter.', argumentName: 'patterns' },
    metrics: { about: 'Prefixes of names of metrics, m1,m2; with --alter.', argumentName: 'prefixes' },
    ...outputOption,
  },
  async run(options, terminal) {
    checkOptions(options)
    const action = actions.find((each) => options.has(each)) ?? 'list'
    try {
      return await withAdmin(options, terminal, (admin) => run(action, admin, options, terminal))
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error
      terminal.out(`Error while executing client metrics command : ${javaError(error).message}\n`)
      return 1
    }
  },
}

function checkOptions(options: ParsedOptions): void {
  if (actions.filter((action) => options.has(action)).length !== 1)
    throw new UsageError('Command must include exactly one action: --alter, --delete, --describe or --list.')
  options.required('bootstrap-server')
  const ofAlter = ['generate-name', ...Object.keys(settingOfOption)]
  if (options.has('list')) options.exclude('list', ['name', ...ofAlter])
  if (options.has('describe')) options.exclude('describe', ofAlter)
  if (options.has('delete')) options.exclude('delete', ofAlter)
  if (options.has('delete') && !options.has('name')) throw new UsageError('Missing required argument "[name]"')
  if (!options.has('alter')) return
  if (options.has('name') === options.has('generate-name'))
    throw new UsageError('Must specify either --name or --generate-name for --alter.')
}

async function run(
  action: (typeof actions)[number],
  admin: Admin,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<number> {
  const name = options.value('name')
  switch (action) {
    case 'list': {
      const names = await admin.listClientMetricsResources()
      show(options, terminal, names, () => terminal.out(`${names.join('\n')}\n`))
      return 0
    }
    case 'alter':
      return alter(admin, name ?? randomUuid(terminal.environment.random), options, terminal)
    case 'delete': {
      const set = (await entriesOf(admin, name ?? '')).map((entry) => entry.name)
      await admin.incrementalAlterConfigs([{ type: 'clientMetrics', name: name ?? '', delete: set }])
      terminal.out(`Deleted client metrics config for ${name ?? ''}.\n`)
      return 0
    }
    case 'describe':
      return describe(admin, name, options, terminal)
  }
}

async function alter(admin: Admin, name: string, options: ParsedOptions, terminal: Terminal): Promise<number> {
  const given = Object.entries(settingOfOption).flatMap(([option, setting]) => {
    const value = options.value(option)
    return value === undefined ? [] : [[setting, value] as const]
  })
  const empty = given.filter(([, value]) => value === '').map(([setting]) => setting)
  const set = Object.fromEntries(given.filter(([, value]) => value !== ''))
  await admin.incrementalAlterConfigs([{ type: 'clientMetrics', name, set, delete: empty }])
  terminal.out(`Altered client metrics config for ${name}.\n`)
  return 0
}

/** What was set. */
async function entriesOf(admin: Admin, name: string): Promise<ConfigEntry[]> {
  const described = await admin.describeConfigs([{ type: 'clientMetrics', name }])
  const entries = described.get(`clientMetrics:${name}`) ?? []
  return entries.filter(({ source }) => source === 'DYNAMIC_CLIENT_METRICS_CONFIG')
}

async function describe(
  admin: Admin,
  name: string | undefined,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<number> {
  const names = await admin.listClientMetricsResources()
  if (name !== undefined && !names.includes(name)) {
    terminal.out(`The client metric resource ${name} doesn't exist and doesn't have dynamic config.\n`)
    return 0
  }
  const described: { readonly name: string; readonly configs: Readonly<Record<string, string | null>> }[] = []
  for (const each of name === undefined ? names : [name]) {
    const admitted = await admin.describeConfigs([{ type: 'clientMetrics', name: each }])
    const entries = admitted.get(`clientMetrics:${each}`) ?? []
    described.push({ name: each, configs: Object.fromEntries(entries.map((entry) => [entry.name, entry.value])) })
  }
  show(options, terminal, described, () => {
    for (const { name: each, configs } of described) {
      const lines = Object.entries(configs).map(([setting, value]) => `  ${setting}=${String(value)}\n`)
      terminal.out(`Client metrics configs for ${each} are:\n${lines.join('')}`)
    }
  })
  return 0
}
