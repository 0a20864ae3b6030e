import { Headers } from '@streamwright/formats'
import { Windowed } from '../state/store.ts'

/**
 * A value as text that is the same whenever the value is: names of properties in order, bytes as hexadecimal digits,
 * nothing that depends on the version of Node.js.
 */
export function stableText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return `function ${value.name}`
  if (typeof value === 'object') return value === null ? 'null' : objectText(value)
  if (typeof value === 'symbol') return value.toString()
  return Object.is(value, -0) ? '-0' : `${value as number | boolean | undefined}`
}

function objectText(value: object): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()
  if (value instanceof Windowed) return windowedText(value)
  if (value instanceof Headers) return headersText(value)
  if (value instanceof Map) {
    return `Map {${[...value].map(([key, each]) => `${stableText(key)} => ${stableText(each)}`).join(', ')}}`
  }
  if (value instanceof Set) return `Set {${[...value].map(stableText).join(', ')}}`
  if (Array.isArray(value)) return `[${value.map(stableText).join(', ')}]`
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  return `{${entries.map(([name, each]) => `${nameText(name)}: ${stableText(each)}`).join(', ')}}`
}

/** `"key"@start/end`. */
export function windowedText({ key, window }: Windowed<unknown>): string {
  return `${stableText(key)}@${window.startMs}/${window.endMs}`
}

/** `{name: "text", …}`, in their order; what is not text as bytes. */
export function headersText(headers: Headers): string {
  const texts = headers
    .toArray()
    .map(({ key, value }) => `${nameText(key)}: ${value === null ? 'null' : bytesText(value)}`)
  return `{${texts.join(', ')}}`
}

/** Bytes as text where they are printable text, else as hexadecimal digits. */
export function bytesText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8')
  const isText = Buffer.from(text).equals(bytes) && !/[\p{Cc}\p{Cn}\uFFFD]/u.test(text)
  return isText ? JSON.stringify(text) : `0x${Buffer.from(bytes).toString('hex')}`
}

function nameText(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? name : JSON.stringify(name)
}
