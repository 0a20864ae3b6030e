import type { CommandLevel } from './command-line-parser.ts'
import { CommandLineError, parseCommandOptions } from './command-line-parser.ts'
import { helpOption, helpRow, usageWords } from './command-tool.ts'
import { ParsedOptions } from './parse-options.ts'
import type { Terminal, Tool } from './tool.ts'

/** A tool without commands whose command line follows Kafka's parser for tools with commands. */
export interface OptionToolSpec extends CommandLevel {
  /** Such as `kafka-verifiable-producer`. */
  readonly name: string
  /** As it calls itself in its usage, where that differs. */
  readonly program?: string
  readonly about: string
  run(options: ParsedOptions, terminal: Terminal): Promise<number>
}

/** Makes the tool: help on standard output (status 0 only if nothing was given), wrong usage with its usage line. */
export function optionTool(spec: OptionToolSpec): Tool {
  const { name, program = name } = spec
  const usage = `usage: ${program} [-h] ${usageWords(spec)}`
  const rows = [helpOption, ...spec.options].map(({ flags, about }) => helpRow(flags.join(', '), about))
  const help = [usage, '', spec.about, '', 'options:', ...rows, ''].join('\n')
  return {
    name,
    about: spec.about,
    options: Object.fromEntries(
      spec.options.map(({ flags, about, type }) => [
        (flags[0] ?? '').replace(/^-+/, ''),
        type === 'flag' ? { about, argument: 'none' } : { about },
      ]),
    ),
    async runWords(argv, terminal) {
      try {
        const parsed = argv.length === 0 ? { helpOf: undefined } : parseCommandOptions(argv, spec)
        if (!('helpOf' in parsed)) return await spec.run(new ParsedOptions(parsed, [], argv), terminal)
        terminal.out(help)
        return argv.length === 0 ? 0 : 1
      } catch (error) {
        if (!(error instanceof CommandLineError)) throw error
        terminal.error(`${usage}\n${error.text(program)}\n`)
        return 1
      }
    },
    run: (options, terminal) => spec.run(options, terminal),
  }
}
