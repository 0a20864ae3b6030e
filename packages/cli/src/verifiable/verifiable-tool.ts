import { asError } from '@streamwright/std'
import { clientProperties } from '../command-line/client-properties.ts'
import type { CommandLevel } from '../command-line/command-line-parser.ts'
import { CommandLineError, parseCommandOptions } from '../command-line/command-line-parser.ts'
import { helpOption, helpRow, usageWords } from '../command-line/command-tool.ts'
import { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'

/** A tool without commands whose command line follows Kafka's parser for tools with commands. */
export interface VerifiableToolSpec extends CommandLevel {
  /** As it calls itself: without `kafka-`. */
  readonly program: string
  readonly about: string
  run(options: ParsedOptions, terminal: Terminal): Promise<number>
}

/** Makes the tool: help on standard output (status 0 only if nothing was given), wrong usage with its usage line. */
export function verifiableTool(spec: VerifiableToolSpec): Tool {
  const usage = `usage: ${spec.program} [-h] ${usageWords(spec)}`
  const rows = [helpOption, ...spec.options].map(({ flags, about }) => helpRow(flags.join(', '), about))
  const help = [usage, '', spec.about, '', 'options:', ...rows, ''].join('\n')
  return {
    name: `kafka-${spec.program}`,
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
        terminal.error(`${usage}\n${error.text(spec.program)}\n`)
        return 1
      }
    },
    run: (options, terminal) => spec.run(options, terminal),
  }
}

/** Settings of the file that `--command-config` names, or its old name, of which it says that it is one. */
export function configOfFile(options: ParsedOptions, terminal: Terminal, oldName: string): Record<string, unknown> {
  const before = options.value(oldName)
  const today = options.value('command-config')
  if (before !== undefined && today !== undefined)
    throw new CommandLineError(`Options --${oldName} and --command-config are mutually exclusive.`, undefined)
  if (before !== undefined) {
    terminal.out(
      `Option --${oldName} has been deprecated and will be removed in a future version. Use --command-config instead.\n`,
    )
  }
  const file = today ?? before
  if (file === undefined) return {}
  try {
    return clientProperties([file], [])
  } catch (error) {
    // Java's tool names a file that is not there, and nothing else.
    const isMissing = asError(error).message.includes('ENOENT')
    throw new CommandLineError(isMissing ? file : asError(error).message, undefined)
  }
}
