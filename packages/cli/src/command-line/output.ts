import type { OptionSpecs } from './option-spec.ts'
import type { ParsedOptions } from './parse-options.ts'
import type { Terminal } from './tool.ts'
import { UsageError } from './usage-error.ts'

/** For tools that show something: what a program reads, instead of Kafka's columns. Kafka's tools have no such option. */
export const outputOption: OptionSpecs = {
  output: { about: 'text (default), or json: what is shown, as one JSON document.', argumentName: 'form' },
}

/** Whether `--output json` was given. */
export function wantsJson(options: ParsedOptions): boolean {
  const form = options.value('output') ?? 'text'
  if (form !== 'text' && form !== 'json') throw new UsageError(`--output is text or json, not ${form}`)
  return form === 'json'
}

/** Shows `content` as JSON where that is wanted, else as `print` does. */
export function show<T>(options: ParsedOptions, terminal: Terminal, content: T, print: (content: T) => void): void {
  if (wantsJson(options)) terminal.out(`${JSON.stringify(content, null, 2)}\n`)
  else print(content)
}
