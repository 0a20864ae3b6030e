/** What a shell offers after the name of a command. */
export interface CompletedCommand {
  readonly name: string
  readonly about: string
  /** Words that may follow. */
  readonly flags: readonly string[]
  /** The commands of its own, with the flags of each. */
  readonly commands: Readonly<Record<string, readonly string[]>>
}

/** A script for bash: commands, then options; files where neither fits. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const cases = commands.flatMap(({ name, flags, commands: own }) => [
    ...Object.entries(own).map(([word, words]) => `    '${name} ${word}') words='${words.join(' ')}' ;;`),
    `    '${name} '*) words='${[...Object.keys(own), ...flags].join(' ')}' ;;`,
  ])
  return `_streamwright() {
  local words
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${commands.map(({ name }) => name).join(' ')}'
  else
    local second=
    if [ "$COMP_CWORD" -gt 2 ]; then second=\${COMP_WORDS[2]}; fi
    case "\${COMP_WORDS[1]} $second" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _streamwright streamwright
`
}

/** A script for zsh, by way of its own emulation of bash's completion. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashCompletion(commands)}`
}

/** A script for fish, with what each command is for. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const offer = (condition: string, words: readonly string[]): string =>
    `complete -c streamwright -n '${condition}' -a '${words.join(' ')}'`
  const lines = commands.flatMap(({ name, about, flags, commands: own }) => [
    `complete -c streamwright -n __fish_use_subcommand -f -a ${name} -d '${about.replaceAll("'", "\\'")}'`,
    offer(`__fish_seen_subcommand_from ${name}`, [...Object.keys(own), ...flags]),
    ...Object.entries(own).map(([word, words]) =>
      offer(`__fish_seen_subcommand_from ${name}; and __fish_seen_subcommand_from ${word}`, words),
    ),
  ])
  return `${lines.join('\n')}\n`
}
