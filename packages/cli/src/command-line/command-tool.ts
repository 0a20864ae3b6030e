import type { CommandLevel, CommandOption } from './command-line-parser.ts'
import { CommandLineError, parseCommandLine } from './command-line-parser.ts'
import { ParsedOptions } from './parse-options.ts'
import type { Terminal, Tool } from './tool.ts'
import { ArgumentError } from './usage-error.ts'

/** One of a tool's commands. Resolves to the exit status. */
export interface ToolCommand extends CommandLevel {
  readonly about: string
  run(options: ParsedOptions, terminal: Terminal): Promise<number>
}

/** A tool whose first word says what to do: `kafka-cluster unregister --id 3`. */
export interface CommandToolSpec extends CommandLevel {
  readonly name: string
  readonly about: string
  readonly commands: Readonly<Record<string, ToolCommand>>
  /** Some of Kafka's tools take a call for help for a mistake. */
  readonly helpExit: number
  /** What is said of a wrong command line. Default: the usage, and the error below it. */
  readonly errorText?: (message: string) => string
}

export const helpOption: CommandOption = { flags: ['--help', '-h'], about: 'Print this help and end.', type: 'flag' }
const outputOption: CommandOption = {
  flags: ['--output'],
  about: 'text (default), or json: what is shown, as one JSON document.',
}
const columnWidth = 36

/** A tool with commands as a tool. */
export function commandTool(spec: CommandToolSpec): Tool {
  const levels = Object.fromEntries(
    Object.entries(spec.commands).map(([name, command]) => [
      name,
      { options: [...command.options, outputOption], exclusive: command.exclusive ?? [] },
    ]),
  )
  return {
    name: spec.name,
    about: spec.about,
    options: {},
    commandFlags: Object.fromEntries(
      Object.entries(levels).map(([name, { options }]) => [
        name,
        [...helpOption.flags, ...[...spec.options, ...options].flatMap(({ flags }) => flags)],
      ]),
    ),
    async runWords(argv, terminal) {
      try {
        const parsed = parseCommandLine(argv, spec, levels)
        if ('helpOf' in parsed) {
          terminal.out(helpOf(spec, parsed.helpOf))
          return spec.helpExit
        }
        const words = new ParsedOptions(parsed.values, [parsed.command], argv)
        return (await spec.commands[parsed.command]?.run(words, terminal)) ?? 1
      } catch (error) {
        if (!(error instanceof CommandLineError)) throw error
        terminal.error(spec.errorText?.(error.message) ?? `${usageOf(spec, error.level)}\n${error.text(spec.name)}\n`)
        return 1
      }
    },
    run: () => Promise.reject(new ArgumentError(`${spec.name} has commands`)),
  }
}

/** The options of a command line as its usage lists them. */
export function usageWords(level: CommandLevel): string {
  return level.options
    .map(({ flags, type, isRequired }) => {
      const flag = flags[0] ?? ''
      const text = type === 'flag' ? flag : `${flag} ${flag.replace(/^-+/, '').replaceAll('-', '_').toUpperCase()}`
      return isRequired === true ? text : `[${text}]`
    })
    .join(' ')
}

function usageOf(spec: CommandToolSpec, command: string | undefined): string {
  const own = command === undefined ? undefined : spec.commands[command]
  const rest =
    own === undefined ? `{${Object.keys(spec.commands).join(',')}} ...` : `${command} [-h] ${usageWords(own)}`
  return `usage: ${[spec.name, own === undefined ? '[-h]' : '', usageWords(spec), rest].filter((part) => part !== '').join(' ')}`.trimEnd()
}

function helpOf(spec: CommandToolSpec, command: string | undefined): string {
  const own = command === undefined ? undefined : spec.commands[command]
  const rows = own === undefined ? Object.entries(spec.commands).map(([name, { about }]) => helpRow(name, about)) : []
  const options = [helpOption, ...(own === undefined ? spec.options : [...own.options, outputOption])]
  return [
    usageOf(spec, command),
    '',
    own?.about ?? spec.about,
    ...(rows.length === 0 ? [] : ['', 'commands:', ...rows]),
    '',
    'options:',
    ...options.map(({ flags, about }) => helpRow(flags.join(', '), about)),
    '',
  ].join('\n')
}

/** A line of a table of options or commands. */
export function helpRow(label: string, about: string): string {
  return `  ${label.padEnd(columnWidth)}${about}`
}
