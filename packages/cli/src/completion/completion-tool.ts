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
  const tool = await load?.()
  // Of two commands with the tool's options, the script is the one that says so.
  const isScript = tool?.name.startsWith('kafka-') === true && about.includes(`(${tool.name})`)
  return { name, about, script: isScript ? `${tool.name}.sh` : undefined, ...wordsOf(name, tool) }
}

function wordsOf(name: string, tool: Tool | undefined): Pick<CompletedCommand, 'flags' | 'commands'> {
  if (name === 'completion') return { flags: ['bash', 'zsh', 'fish'], commands: {} }
  if (tool === undefined) return { flags: [], commands: {} }
  if (tool.commandFlags !== undefined) return { flags: ['--help'], commands: tool.commandFlags }
  // By rules of its own: it knows no --version, and nothing at all if it has no options.
  const options = Object.keys(tool.options)
  const common = Object.keys(commonOptions).filter((option) => tool.runWords === undefined || option === 'help')
  const isBare = tool.runWords !== undefined && options.length === 0
  return { flags: isBare ? [] : [...options, ...common].map((option) => `--${option}`), commands: {} }
}
