import { wrapped } from './wrapped-text.ts'

/** An option of a tool with commands, as Kafka's parser for such tools takes it. */
export interface CommandOption {
  /** With dashes, the long one first: `['--id', '-i']`. */
  readonly flags: readonly string[]
  readonly about: string
  /** Default `text`. `list`: one word or more, up to the next option; given twice, the last one counts. */
  readonly type?: 'flag' | 'text' | 'integer' | 'long' | 'double' | 'list'
  /** The values that it takes, if not any. */
  readonly choices?: readonly string[]
  readonly isRequired?: boolean
  /** May be given more than once. */
  readonly isRepeatable?: boolean
}

/** Options of which at most one may be given, or exactly one. */
export interface ExclusiveOptions {
  readonly flags: readonly string[]
  readonly isRequired: boolean
}

/** What a command line has at one level: options, and what excludes what. */
export interface CommandLevel {
  readonly options: readonly CommandOption[]
  readonly exclusive?: readonly ExclusiveOptions[]
}

/** What was given, by the first flag without its dashes. */
export type CommandValues = ReadonlyMap<string, readonly string[]>

/** The command line is wrong. `level` is the command of which it is wrong, or undefined. */
export class CommandLineError extends Error {
  readonly level: string | undefined
  constructor(message: string, level: string | undefined) {
    super(message)
    this.level = level
  }

  /** As the parser prints it below the usage. */
  text(program: string): string {
    return wrapped(`${program}: error: ${this.message}`)
  }
}

/** Somebody wants help: of a command, or of the tool. */
export interface HelpWanted {
  readonly helpOf: string | undefined
}

/** A command with all that was given. */
export interface ParsedCommand {
  readonly command: string
  readonly values: CommandValues
}

const helpFlags: readonly string[] = ['-h', '--help']
const integerForm = /^[+-]?\d+$/
const numberForms = {
  integer: { name: 'Integer', form: integerForm },
  long: { name: 'Long', form: integerForm },
  double: { name: 'Double', form: /^\s*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)\s*$/ },
}

/** Reads options, a command, and its options. Long options may be shortened. Throws {@link CommandLineError}. */
export function parseCommandLine(
  argv: readonly string[],
  general: CommandLevel,
  commands: Readonly<Record<string, CommandLevel>>,
): ParsedCommand | HelpWanted {
  const outer = new Level(general, undefined)
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (helpFlags.includes(word)) return { helpOf: undefined }
    if (word.startsWith('-')) {
      index = outer.take(argv, index)
      continue
    }
    const level = commands[word]
    if (level === undefined) {
      const names = Object.keys(commands).map((name) => `'${name}'`)
      throw new CommandLineError(`invalid choice: '${word}' (choose from ${names.join(', ')})`, undefined)
    }
    const inner = new Level(level, word)
    for (let next = index + 1; next < argv.length; next++) {
      const each = argv[next] ?? ''
      if (helpFlags.includes(each)) return { helpOf: word }
      if (!each.startsWith('-')) throw new CommandLineError(`unrecognized arguments: '${each}'`, word)
      next = inner.take(argv, next)
    }
    inner.check()
    outer.check()
    return { command: word, values: new Map([...outer.values, ...inner.values]) }
  }
  throw new CommandLineError('too few arguments', undefined)
}

/** Reads the options of a tool without commands. Throws {@link CommandLineError}. */
export function parseCommandOptions(argv: readonly string[], level: CommandLevel): CommandValues | HelpWanted {
  const parsed = new Level(level, undefined)
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (helpFlags.includes(word)) return { helpOf: undefined }
    if (!word.startsWith('-')) throw new CommandLineError(`unrecognized arguments: '${word}'`, undefined)
    index = parsed.take(argv, index)
  }
  parsed.check()
  return parsed.values
}

class Level {
  readonly values = new Map<string, string[]>()
  readonly #level: CommandLevel
  readonly #name: string | undefined

  constructor(level: CommandLevel, name: string | undefined) {
    this.#level = level
    this.#name = name
  }

  /** Takes the option at `index`, and returns the index of the last word that belongs to it. */
  take(argv: readonly string[], index: number): number {
    const word = argv[index] ?? ''
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    const option = this.#find(equals < 0 ? word : word.slice(0, equals), word)
    this.#refuseBoth(option)
    const key = keyOf(option)
    const values = this.values.get(key) ?? []
    if (option.type === 'flag') {
      this.values.set(key, [''])
      return index
    }
    const inline = equals < 0 ? undefined : word.slice(equals + 1)
    if (option.type === 'list' && inline === undefined) return this.#takeList(option, argv, index)
    const value = inline ?? argv[index + 1]
    if (value === undefined || (inline === undefined && isFlag(value)))
      this.#fail(`argument ${nameOf(option)}: expected one argument`)
    this.#checkValue(option, value)
    this.values.set(key, option.isRepeatable === true ? [...values, value] : [value])
    return inline === undefined ? index + 1 : index
  }

  #takeList(option: CommandOption, argv: readonly string[], index: number): number {
    const after = argv.findIndex((word, at) => at > index && isFlag(word))
    const words = argv.slice(index + 1, after < 0 ? argv.length : after)
    if (words.length === 0) this.#fail(`argument ${nameOf(option)}: expected 1 argument(s)`)
    this.values.set(keyOf(option), words)
    return index + words.length
  }

  #checkValue(option: CommandOption, value: string): void {
    const { type = 'text' } = option
    const number = type === 'flag' || type === 'text' || type === 'list' ? undefined : numberForms[type]
    if (number !== undefined && !number.form.test(value))
      this.#fail(
        `argument ${nameOf(option)}: could not convert '${value}' to ${number.name} (For input string: "${value}")`,
      )
    if (option.choices !== undefined && !option.choices.includes(value))
      this.#fail(`argument ${nameOf(option)}: invalid choice: '${value}' (choose from {${option.choices.join(',')}})`)
  }

  /** Options that are missing: of several the last is told, as Kafka's parser does. */
  check(): void {
    for (const option of this.#level.options.toReversed()) {
      if (option.isRequired === true && !this.values.has(keyOf(option)))
        this.#fail(`argument ${nameOf(option)} is required`)
    }
    for (const { flags, isRequired } of this.#level.exclusive ?? []) {
      const options = this.#level.options.filter((option) => flags.includes(option.flags[0] ?? ''))
      if (isRequired && !options.some((option) => this.values.has(keyOf(option))))
        this.#fail(`one of the arguments ${options.map(nameOf).join(' ')} is required`)
    }
  }

  #find(flag: string, word: string): CommandOption {
    const { options } = this.#level
    const exact = options.find((option) => option.flags.includes(flag))
    if (exact !== undefined) return exact
    const matching = flag.startsWith('--')
      ? options.filter(({ flags }) => flags.some((each) => each.startsWith(flag)))
      : []
    const [only, other] = matching
    if (only === undefined) return this.#fail(`unrecognized arguments: '${word}'`)
    if (other === undefined) return only
    const names = matching.flatMap(({ flags }) => flags.filter((each) => each.startsWith(flag)))
    return this.#fail(`ambiguous option: ${flag} could match ${names.join(', ')}`)
  }

  #refuseBoth(option: CommandOption): void {
    const own = option.flags[0] ?? ''
    for (const { flags } of this.#level.exclusive ?? []) {
      if (!flags.includes(own)) continue
      const other = this.#level.options.find(
        (each) => each !== option && flags.includes(each.flags[0] ?? '') && this.values.has(keyOf(each)),
      )
      if (other !== undefined) this.#fail(`argument ${nameOf(option)}: not allowed with argument ${nameOf(other)}`)
    }
  }

  #fail(message: string): never {
    throw new CommandLineError(message, this.#name)
  }
}

/** A word that begins with a dash is a value only where it is a negative number. */
function isFlag(word: string): boolean {
  return /^-[A-Za-z-]/.test(word)
}

function keyOf({ flags }: CommandOption): string {
  return (flags[0] ?? '').replace(/^-+/, '')
}

/** `--id/-i`. */
function nameOf({ flags }: CommandOption): string {
  return flags.join('/')
}
