import { readFileSync } from 'node:fs'
import { asError, camelCase, ConfigurationError, parseProperties } from '@streamwright/std'
import type { ParsedOptions } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

/** Reads a `.properties` file; a missing one names itself. */
export function propertiesFile(path: string): Record<string, string> {
  try {
    return parseProperties(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new ConfigurationError(`Cannot read ${path}: ${asError(cause).message}`, cause)
  }
}

/** `name=value` pairs of a repeatable option. A name without a value stands for an empty text. */
export function keyValuePairs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
}

/** How one of Kafka's tools speaks of options that have a new name. */
export interface RenamedWording {
  /** Told that an old name was used, in all but the first word of the sentence. */
  readonly say: (sentence: string) => void
  /** Whether it names the old one first when both are given. */
  readonly namesOldFirst: boolean
}

/** Of a pair of options of which the second is the old name: refuses both together, and says how the old one is called. */
export function renamedPair(options: ParsedOptions, today: string, before: string, wording: RenamedWording): string[] {
  if (options.has(today) && options.has(before)) {
    const names = wording.namesOldFirst ? [before, today] : [today, before]
    throw new UsageError(`Options ${names.map((name) => `--${name}`).join(' and ')} cannot be specified together.`)
  }
  if (options.has(before))
    wording.say(`--${before} is deprecated and will be removed in a future version. Use --${today} instead.`)
  return [...options.values(today), ...options.values(before)]
}

/** Client settings of `--command-config FILE` and `--command-property name=value`, in camelCase. */
export function clientProperties(files: readonly string[], pairs: readonly string[]): Record<string, unknown> {
  const properties = { ...Object.assign({}, ...files.map(propertiesFile)), ...keyValuePairs(pairs) }
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      // A console tool has its own way to name these.
      name.endsWith('serializer') || name.endsWith('deserializer') ? [] : [[camelCase(name), value]],
    ),
  )
}
