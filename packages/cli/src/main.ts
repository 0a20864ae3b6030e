#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { createLog, environmentWith, logLevels } from '@streamwright/std'
import type { LogLevel } from '@streamwright/std'
import { commands } from './commands/commands.ts'
import { EndRequest } from './command-line/end-request.ts'
import type { Terminal } from './command-line/tool.ts'

/** The command: `streamwright <name> …`. Resolves to the exit status. */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  const command = commands.find((each) => each.name === name)
  const environment = environmentWith({ log: createLog({ level: logLevel() }) })
  const end = new EndRequest(process, environment)
  if (command?.isForeground === true) {
    if (process.stdin.isTTY) end.endWithTerminal()
    if (process.env['npm_lifecycle_event'] !== undefined) end.endWithParent()
  }
  const terminal: Terminal = {
    stdin: process.stdin,
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    interrupted: end.asked,
    environment,
  }
  // A reader that has seen enough (`| head`) ends the program without a stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!end.asked.aborted) process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  if (command === undefined) {
    const list = commands.map((each) => `  ${each.name.padEnd(28)}${each.about}`).join('\n')
    const wanted = name === undefined || name === '--help' || name === 'help'
    const text = `${wanted ? '' : `There is no command ${name}.\n`}streamwright <command> [options]\n\n${list}\n\nstreamwright <command> --help tells its options.\n`
    if (wanted) terminal.out(text)
    else terminal.error(text)
    return wanted ? 0 : 1
  }
  const status = await command.run(rest, terminal)
  return command.endsOrderlyOnSignal ? status : (end.exitStatus ?? status)
}

/** `STREAMWRIGHT_LOG=info` shows more. */
function logLevel(): LogLevel {
  const wanted = process.env['STREAMWRIGHT_LOG']
  return logLevels.find((level) => level === wanted) ?? 'warn'
}

// Compiled once, started twice as fast the next time.
enableCompileCache()
process.exitCode = await main(process.argv.slice(2))
// Standard input at a terminal would keep the process alive.
process.stdin.unref?.()
if (process.stdin.isTTY) process.stdin.destroy()
