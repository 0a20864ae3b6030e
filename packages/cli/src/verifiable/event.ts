import type { Terminal } from '../command-line/tool.ts'

/** What the fields of an event may hold. */
export type EventValue = string | number | boolean | null | RawNumber | readonly Readonly<Record<string, EventValue>>[]

/** A number in the form in which Java writes it, such as `3.0`. */
export class RawNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Prints an event as a line of JSON: time and name first, then the fields in the given order. */
export function printEvent(terminal: Terminal, name: string, fields: Readonly<Record<string, EventValue>> = {}): void {
  terminal.out(`${json([{ timestamp: terminal.environment.clock.wallMs(), name, ...fields }]).slice(1, -1)}\n`)
}

function json(value: EventValue): string {
  if (value instanceof RawNumber) return /\d/.test(value.text) ? value.text : quoted(value.text)
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return String(value)
  const objects = value.map((each) =>
    Object.entries(each)
      .map(([name, field]) => `${quoted(name)}:${json(field)}`)
      .join(','),
  )
  return `[${objects.map((fields) => `{${fields}}`).join(',')}]`
}

/** Java writes the digits of `\u001F` large. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/\\(?:u[0-9a-f]{4}|.)/g, (escape) =>
    escape.length > 2 ? `\\u${escape.slice(2).toUpperCase()}` : escape,
  )
}
