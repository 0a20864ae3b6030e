import type { Header } from '@streamwright/streams'
import { isRecord } from '../json.ts'

/** Headers in the form of the vectors: `[[name, value], …]`. */
export function headersForm(headers: Iterable<Header>): unknown[] {
  return [...headers].map(({ key, value }) => [key, value === null ? null : valueForm(Buffer.from(value))])
}

function valueForm(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  const isPlain = Buffer.from(text).equals(bytes) && !/\p{Cc}/u.test(text)
  return isPlain ? text : { hex: bytes.toString('hex') }
}

/** The headers of an input. */
export function headersFrom(form: unknown): Header[] {
  if (!Array.isArray(form)) return []
  return (form as readonly (readonly unknown[])[]).map(([key, value]) => ({
    key: String(key),
    value: value === null || value === undefined ? null : headerBytes(value),
  }))
}

function headerBytes(value: unknown): Buffer {
  return isRecord(value) ? Buffer.from(String(value['hex']), 'hex') : Buffer.from(String(value))
}
