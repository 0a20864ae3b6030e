import { hostText } from '../security/acl-index.ts'

/** `max.connections.per.ip.overrides`, read: how many connections an address (`/10.0.0.1`) may have. */
export type ConnectionOverrides = ReadonlyMap<string, number>

/** Reads `10.0.0.1:200,10.0.0.2:5`. What cannot be read is left out; {@link connectionOverridesProblem} says so before. */
export function connectionOverrides(text: string): ConnectionOverrides {
  return new Map(
    entriesOf(text).flatMap(({ host, count }) =>
      /^\d+$/.test(count) ? [[hostText(host), Number(count)] as const] : [],
    ),
  )
}

/** What is wrong with such a text, in Kafka's words. */
export function connectionOverridesProblem(name: string, text: string): string | undefined {
  for (const { entry, colon, host, count } of entriesOf(text)) {
    if (colon === -1) {
      return `Error parsing configuration property '${name}': begin 0, end -1, length ${entry.length}`
    }
    if (!/^[-+]?\d{1,10}$/.test(count)) return `For input string: "${count}"`
    if (!/^[0-9a-zA-Z\-%._:]*$/.test(host)) return `requirement failed: ${name} contains invalid addresses : ${host}`
  }
  return undefined
}

interface Entry {
  readonly entry: string
  readonly colon: number
  readonly host: string
  readonly count: string
}

function entriesOf(text: string): readonly Entry[] {
  if (text.trim() === '') return []
  return text.split(',').map((each) => {
    const entry = each.trim()
    const colon = entry.lastIndexOf(':')
    return { entry, colon, host: entry.slice(0, Math.max(colon, 0)).trim(), count: entry.slice(colon + 1).trim() }
  })
}
