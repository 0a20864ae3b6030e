import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUuid } from '@streamwright/protocol'
import { parseProperties } from '@streamwright/std'
import { dependencies, versionMapping } from '../cluster/feature-levels.ts'
import type { CommandOption } from '../command-line/command-line-parser.ts'
import { commandTool } from '../command-line/command-tool.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { format } from './format.ts'
import { storageProperties } from './properties.ts'

const config: CommandOption = {
  flags: ['--config', '-c'],
  about: 'The server.properties of the node.',
  isRequired: true,
}
const release: CommandOption = { flags: ['--release-version', '-r'], about: 'The release whose levels are meant.' }
const feature: CommandOption = {
  flags: ['--feature', '-f'],
  about: 'A feature with its level, name=level.',
  isRepeatable: true,
}

/** `kafka-storage`: the directories of a broker before it starts. */
export const storageTool: Tool = commandTool({
  name: 'kafka-storage',
  about: 'The Kafka storage tool.',
  helpExit: 0,
  options: [],
  commands: {
    info: {
      about: 'Get information about the Kafka log directories on this node.',
      options: [config],
      run: (options, terminal) => Promise.resolve(info(options, terminal)),
    },
    format: {
      about: 'Format the Kafka log directories on this node.',
      options: [
        config,
        { flags: ['--cluster-id', '-t'], about: 'The id of the cluster.', isRequired: true },
        {
          flags: ['--add-scram', '-S'],
          about: 'A user: SCRAM-SHA-256=[name=alice,password=secret].',
          isRepeatable: true,
        },
        { flags: ['--ignore-formatted', '-g'], about: 'Pass over directories that are formatted.', type: 'flag' },
        release,
        feature,
        { flags: ['--standalone', '-s'], about: 'This node is the only controller.', type: 'flag' },
        { flags: ['--no-initial-controllers', '-N'], about: 'Controllers are added later.', type: 'flag' },
        { flags: ['--initial-controllers', '-I'], about: 'Controllers: 0@host:port:directory-id,…' },
      ],
      exclusive: [{ flags: ['--standalone', '--no-initial-controllers', '--initial-controllers'], isRequired: false }],
      run: format,
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
      run: (options, terminal) => Promise.resolve(featureDependencies(options, terminal)),
    },
    'random-uuid': {
      about: 'Print a random UUID.',
      options: [],
      run(options, terminal) {
        const uuid = randomUuid(terminal.environment.random)
        show(options, terminal, { uuid }, () => terminal.out(`${uuid}\n`))
        return Promise.resolve(0)
      },
    },
  },
})

function featureDependencies(options: ParsedOptions, terminal: Terminal): number {
  for (const text of options.values('feature')) {
    const [, name, level] = /^([^=]+)=(-?\d+)$/.exec(text) ?? []
    if (name === undefined || level === undefined) {
      throw new ArgumentError(
        `Invalid feature format: ${text}. Expected format: 'feature=version' (e.g. 'group.version=1')`,
      )
    }
    const unknown = `Feature level ${level} is not supported for feature ${name}`
    terminal.out(dependencies(name, Number(level), unknown))
  }
  return 0
}

function info(options: ParsedOptions, terminal: Terminal): number {
  const { directories } = storageProperties(options.required('config'))
  const problems: string[] = []
  const found: string[] = []
  const metadata: Record<string, string> = {}
  for (const directory of directories.toSorted()) {
    if (!existsSync(directory)) {
      problems.push(`${directory} does not exist`)
      continue
    }
    found.push(directory)
    const path = join(directory, 'meta.properties')
    if (existsSync(path)) Object.assign(metadata, parseProperties(readFileSync(path, 'utf8')))
    else problems.push(`${directory} is not formatted.`)
  }
  show(options, terminal, { directories: found, metadata, problems }, () => {
    const list = (label: string, lines: readonly string[]): string =>
      lines.length === 0 ? '' : `${label}:\n${lines.map((line) => `  ${line}\n`).join('')}\n`
    terminal.out(list(found.length === 1 ? 'Found log directory' : 'Found log directories', found))
    const pairs = Object.entries(metadata)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
    if (pairs.length > 0) terminal.out(`Found metadata: {${pairs.join(', ')}}\n\n`)
    terminal.out(list(problems.length === 1 ? 'Found problem' : 'Found problems', problems))
  })
  return problems.length === 0 ? 0 : 1
}
