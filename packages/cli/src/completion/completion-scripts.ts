/** What a shell offers after the name of a command. */
export interface CompletedCommand {
  readonly name: string
  readonly about: string
  /** Kafka's name for it, such as `kafka-topics.sh`, where it has one. */
  readonly script: string | undefined
  /** Words that may follow. */
  readonly flags: readonly string[]
  /** The commands of its own, with the flags of each. */
  readonly commands: Readonly<Record<string, readonly string[]>>
}

type ScriptCommand = CompletedCommand & { readonly script: string }

function isScript(command: CompletedCommand): command is ScriptCommand {
  return command.script !== undefined
}

/** A script for bash: commands, then options; files where neither fits. Scripts under Kafka's names too. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const cases = commands.flatMap(({ name, flags, commands: own }) => [
    ...Object.entries(own).map(([word, words]) => `    '${name} ${word}') words='${words.join(' ')}' ;;`),
    `    '${name} '*) words='${[...Object.keys(own), ...flags].join(' ')}' ;;`,
  ])
  const scripts = commands.filter(isScript)
  return `_streamwright_words() {
  case "$1 $2" in
${cases.join('\n')}
  esac
}
_streamwright() {
  local words= second=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${commands.map(({ name }) => name).join(' ')}'
  else
    if [ "$COMP_CWORD" -gt 2 ]; then second=\${COMP_WORDS[2]}; fi
    _streamwright_words "\${COMP_WORDS[1]}" "$second"
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
_streamwright_script() {
  local words= name= second=
  case "\${COMP_WORDS[0]##*/}" in
${scripts.map(({ script, name }) => `    ${script}) name=${name} ;;`).join('\n')}
  esac
  if [ "$COMP_CWORD" -gt 1 ]; then second=\${COMP_WORDS[1]}; fi
  _streamwright_words "$name" "$second"
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _streamwright streamwright
complete -o default -F _streamwright_script ${scripts.map(({ script }) => script).join(' ')}
`
}

/** A script for zsh, by way of its own emulation of bash's completion. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashCompletion(commands)}`
}

/** A script for fish, with what each command is for. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const offer = (program: string, condition: string, words: readonly string[]): string =>
    `complete -c ${program} -n '${condition}' -a '${words.join(' ')}'`
  const lines = commands.flatMap(({ name, about, flags, commands: own }) => [
    `complete -c streamwright -n __fish_use_subcommand -f -a ${name} -d '${about.replaceAll("'", "\\'")}'`,
    offer('streamwright', `__fish_seen_subcommand_from ${name}`, [...Object.keys(own), ...flags]),
    ...Object.entries(own).map(([word, words]) =>
      offer('streamwright', `__fish_seen_subcommand_from ${name}; and __fish_seen_subcommand_from ${word}`, words),
    ),
  ])
  const ofScripts = commands
    .filter(isScript)
    .flatMap(({ script, flags, commands: own }) => [
      offer(script, Object.keys(own).length === 0 ? 'true' : '__fish_use_subcommand', [...Object.keys(own), ...flags]),
      ...Object.entries(own).map(([word, words]) => offer(script, `__fish_seen_subcommand_from ${word}`, words)),
    ])
  return `${[...lines, ...ofScripts].join('\n')}\n`
}
