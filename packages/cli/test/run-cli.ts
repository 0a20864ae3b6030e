import { PassThrough } from 'node:stream'
import { environmentWith, silentLog } from '@streamwright/std'
import type { Terminal, Tool } from '../src/command-line/tool.ts'
import { runTool } from '../src/command-line/tool.ts'

export interface CliResult {
  readonly status: number
  readonly out: string
  readonly error: string
}

/** Runs a tool in this process, as its script would, with `input` on its standard input. */
export async function runCli(tool: Tool, argv: readonly string[], input = ''): Promise<CliResult> {
  const stdin = new PassThrough()
  stdin.end(input)
  let out = ''
  let error = ''
  const terminal: Terminal = {
    stdin,
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    interrupted: new AbortController().signal,
    environment: environmentWith({ log: silentLog }),
  }
  const status = await runTool(tool, argv, terminal)
  return { status, out, error }
}
