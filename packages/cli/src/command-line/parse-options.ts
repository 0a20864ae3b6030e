import type { OptionSpec, OptionSpecs, ToolSpec } from './option-spec.ts'
import { commonOptions } from './option-spec.ts'
import { ArgumentError, UsageError } from './usage-error.ts'

/** What was given on a command line, checked against the tool's options. */
export class ParsedOptions {
  readonly #values: ReadonlyMap<string, readonly string[]>
  /** Words that are no options, in order. */
  readonly words: readonly string[]
  /** All that was given, as it was given. */
  readonly argv: readonly string[]

  constructor(values: ReadonlyMap<string, readonly string[]>, words: readonly string[], argv: readonly string[]) {
    this.#values = values
    this.words = words
    this.argv = argv
  }

  /** The same with a value for another option. */
  with(name: string, value: string): ParsedOptions {
    return new ParsedOptions(new Map(this.#values).set(name, [value]), this.words, this.argv)
  }

  has(name: string): boolean {
    return this.#values.has(name)
  }

  /** The value of an option, or undefined. More than one is an error, but only for who asks: so it is in Kafka. */
  value(name: string): string | undefined {
    const values = this.values(name)
    if (values.length > 1)
      throw new ArgumentError(`Found multiple arguments for option ${name}, but you asked for only one`)
    return values[0]
  }

  values(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }

  /** The value of an option without which the tool cannot work. */
  required(name: string): string {
    const value = this.value(name)
    if (value === undefined) throw new UsageError(`Missing required argument "[${name}]"`)
    return value
  }

  integer(name: string): number | undefined {
    const text = this.value(name)
    if (text === undefined) return undefined
    if (!/^-?\d+$/.test(text)) throw new ArgumentError(`Cannot parse argument '${text}' of option ${name}`)
    return Number(text)
  }

  /** Refuses combinations as Kafka's tools do. */
  exclude(name: string, others: readonly string[]): void {
    if (!this.has(name)) return
    for (const other of others) {
      if (this.has(other)) throw new UsageError(`Option "[${name}]" can't be used with option "[${other}]"`)
    }
  }
}

/**
 * Reads `--name value`, `--name=value` and flags. No abbreviations; a single dash does as well as two, and words
 * may stand anywhere, as in Kafka's tools. `warn` is told of options that are called otherwise today.
 */
export function parseOptions(tool: ToolSpec, argv: readonly string[], warn: (line: string) => void): ParsedOptions {
  const specs = { ...commonOptions, ...tool.options }
  const values = new Map<string, string[]>()
  const words: string[] = []
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (argument === '--') {
      words.push(...argv.slice(index + 1))
      break
    }
    if (!/^--?[a-zA-Z]/.test(argument)) {
      words.push(argument)
      continue
    }
    const [given, inline] = splitAtEquals(argument.replace(/^--?/, ''))
    const [name, spec] = find(specs, given)
    if (spec.renamedTo !== undefined) warn(`Option --${given} is called --${spec.renamedTo} now; it is taken as such.`)
    const target = spec.renamedTo ?? name
    const list = values.get(target) ?? []
    values.set(target, list)
    if (spec.argument === 'none') {
      list.push('')
      continue
    }
    const next = argv[index + 1]
    const { argumentForm = /^(?!-)/ } = spec
    if (spec.argument === 'optional' && inline === undefined && (next === undefined || !argumentForm.test(next))) {
      list.push('')
      continue
    }
    const value = inline ?? argv[++index]
    if (value === undefined) throw new UsageError(`Option ${given} requires an argument`)
    list.push(value)
  }
  return new ParsedOptions(values, words, argv)
}

function splitAtEquals(text: string): [string, string | undefined] {
  const equals = text.indexOf('=')
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)]
}

function find(specs: OptionSpecs, given: string): [string, OptionSpec] {
  for (const [name, spec] of Object.entries(specs)) {
    if (name === given || spec.aliases?.includes(given) === true) return [name, spec]
  }
  throw new UsageError(`${given} is not a recognized option`)
}
