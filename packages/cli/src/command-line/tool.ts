import type { Readable } from 'node:stream'
import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import { helpText, optionsTable } from './help.ts'
import type { ToolSpec } from './option-spec.ts'
import type { ParsedOptions } from './parse-options.ts'
import { parseOptions } from './parse-options.ts'
import { ArgumentError, UsageError } from './usage-error.ts'

/** Where a tool reads and writes, so that a test can run it in its own process. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  out(text: string): void
  error(text: string): void
  /** Aborted when the user asks the tool to end (Ctrl-C, SIGTERM). */
  readonly interrupted: AbortSignal
  readonly environment: Environment
}

/** A command: its options, and what it does with them. Resolves to the exit status. */
export interface Tool extends ToolSpec {
  run(options: ParsedOptions, terminal: Terminal): Promise<number>
  /** The flags of each of its commands, for a tool whose first word says what to do. */
  readonly commandFlags?: Readonly<Record<string, readonly string[]>>
  /** Instead of `run`, for a tool that reads its command line by other rules. */
  runWords?(argv: readonly string[], terminal: Terminal): Promise<number>
}

/** The version of Kafka whose tools these are. */
export const version = '4.3.0'

/** Runs a tool as its script does: help, version, wrong usage and errors included. */
export async function runTool(tool: Tool, argv: readonly string[], terminal: Terminal): Promise<number> {
  // Kafka's tools take a call for help for a mistake, and so do scripts that look at their status.
  const isKafkas = tool.name.startsWith('kafka-')
  try {
    if (argv.length === 0 && tool.needsOptions === true) {
      terminal.error(helpText(tool))
      return 1
    }
    if (tool.runWords !== undefined) return await tool.runWords(argv, terminal)
    const options = parse(tool, argv, terminal)
    if (options.has('help')) {
      if (isKafkas && tool.helpIsOutput !== true) terminal.error(helpText(tool))
      else terminal.out(helpText(tool))
      return isKafkas ? 1 : 0
    }
    if (options.has('version')) {
      terminal.out(`${tool.versionText ?? version}\n`)
      return 0
    }
    return await tool.run(options, terminal)
  } catch (thrown) {
    const error = asError(thrown)
    terminal.error(error instanceof UsageError ? `${error.message}\n${optionsTable(tool)}\n` : `${error.message}\n`)
    return 1
  }
}

function parse(tool: Tool, argv: readonly string[], terminal: Terminal): ParsedOptions {
  try {
    return parseOptions(tool, argv, (line) => terminal.error(`${line}\n`))
  } catch (error) {
    throw error instanceof UsageError && tool.tellsParseErrorsBriefly === true
      ? new ArgumentError(error.message)
      : error
  }
}
