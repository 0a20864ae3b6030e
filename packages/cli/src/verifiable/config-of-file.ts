import { asError } from '@streamwright/std'
import { clientProperties } from '../command-line/client-properties.ts'
import { CommandLineError } from '../command-line/command-line-parser.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'

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
