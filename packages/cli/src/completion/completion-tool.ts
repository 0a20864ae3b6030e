import type { Command } from '../commands/commands.ts'
import { commonOptions } from '../command-line/option-spec.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { bashCompletion, fishCompletion, zshCompletion } from './completion-scripts.ts'
import type { CompletedCommand } from './completion-scripts.ts'

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }
const usage = 'usage: streamwright completion bash|zsh|fish'

/** `streamwright completion SHELL`: prints what the shell sources, derived from the options of every command. */
export function completionTool(commands: readonly Command[]): Tool {
  return {
    name: 'completion',
    about: 'Completion of commands and options for a shell.',
    options: {},
    async runWords(argv, terminal) {
      const [shell] = argv
      if (shell === '--help') {
        terminal.out(`${usage}\n`)
        return 0
      }
      if (argv.length !== 1 || (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish')) throw new ArgumentError(usage)
      terminal.out(scripts[shell](await Promise.all(commands.map(completed))))
      return 0
    },
    run: () => Promise.reject(new ArgumentError(usage)),
  }
}

async function completed({ name, about, load }: Command): Promise<CompletedCommand> {
  if (name === 'completion') return { name, about, flags: ['bash', 'zsh', 'fish'], commands: {} }
  const tool = await load?.()
  if (tool?.commandFlags !== undefined) return { name, about, flags: ['--help'], commands: tool.commandFlags }
  // Without options: its arguments are not options. By rules of its own: it knows no --version.
  const { help } = commonOptions
  const given = tool?.options ?? {}
  const common = tool?.runWords === undefined ? commonOptions : { ...(help !== undefined && { help }) }
  if (tool === undefined || (tool.runWords !== undefined && Object.keys(given).length === 0))
    return { name, about, flags: [], commands: {} }
  const flags = Object.keys({ ...given, ...common }).map((option) => `--${option}`)
  return { name, about, flags, commands: {} }
}
