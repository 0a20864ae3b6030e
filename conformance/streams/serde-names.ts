import type { Serde } from '@streamwright/streams'
import { serdes, Windowed } from '@streamwright/streams'
import { toBytes } from '@streamwright/formats'
import { isRecord } from '../json.ts'
import { UnsupportedError } from './unsupported.ts'
import { jsonText } from './values.ts'

/** What is there when a value is not null. */
type Present = string | number | bigint | boolean | object
type AnySerde = Serde<Present>

const long: Serde<bigint | number> = {
  name: 'long',
  immutable: true,
  fixedBytes: 8,
  // Counts of our own operators are numbers; everything else of 64 bits is a bigint here.
  serialize: (value, topic, headers) =>
    typeof value === 'number'
      ? serdes.long.serialize(value, topic, headers)
      : serdes.bigint.serialize(value, topic, headers),
  deserialize: (bytes, topic, headers) => serdes.bigint.deserialize(bytes, topic, headers),
}

const json: Serde<unknown> = {
  name: 'json',
  serialize: (value) => jsonText(value),
  deserialize: (bytes, topic, headers) => serdes.json().deserialize(bytes, topic, headers),
}

const simple: Readonly<Record<string, AnySerde>> = {
  string: serdes.string,
  long: long,
  integer: serdes.integer,
  short: serdes.short,
  double: serdes.double,
  float: serdes.float,
  boolean: serdes.boolean,
  bytes: serdes.bytes,
  uuid: serdes.uuid,
  void: serdes.void,
  json: json as AnySerde,
}

/** The serde of a name such as `long` or `timeWindowed(string,10)`. */
export function serdeNamed(name: string): AnySerde {
  const known = simple[name]
  if (known !== undefined) return known
  const time = /^timeWindowed\((.*),(\d+)\)$/.exec(name)
  if (time !== null) return serdes.timeWindowed(serdeNamed(time[1] ?? ''), Number(time[2])) as AnySerde
  const session = /^sessionWindowed\((.*)\)$/.exec(name)
  if (session !== null) return serdes.sessionWindowed(serdeNamed(session[1] ?? '')) as AnySerde
  const list = /^list\((.*)\)$/.exec(name)
  if (list !== null) return serdes.list(serdeNamed(list[1] ?? '')) as AnySerde
  throw new UnsupportedError(`serde ${name.replace(/\(.*/, '')}`)
}

export function serdeIfNamed(name: unknown): AnySerde | undefined {
  return typeof name === 'string' ? serdeNamed(name) : undefined
}

/** A value of a vector's JSON as the serde of that name wants it. */
export function valueFor(name: string, form: unknown): unknown {
  if (form === null || form === undefined) return null
  if (name === 'long') return BigInt(form as number | string | bigint)
  if (name === 'double' || name === 'float') return Number(form)
  if (name === 'bytes') return Buffer.from((form as string).slice(2), 'hex')
  const list = /^list\((.*)\)$/.exec(name)
  if (list !== null && Array.isArray(form)) return form.map((each: unknown) => valueFor(list[1] ?? '', each))
  const inner = /^(?:timeWindowed|sessionWindowed)\((.*?)(?:,\d+)?\)$/.exec(name)
  if (inner !== null && isRecord(form)) {
    const startMs = Number(form['start'])
    return new Windowed(valueFor(inner[1] ?? '', form['key']), { startMs, endMs: Number(form['end'] ?? startMs) })
  }
  return form
}

/** The bytes of an input. */
export function encoded(name: string, form: unknown, topic: string): Buffer | null {
  const value = valueFor(name, form)
  if (value === null) return null
  return toBytes(serdeNamed(name).serialize(value as Present, topic, noHeaders()))
}

function noHeaders(): never {
  // The serdes of the vectors look at no headers.
  return undefined as never
}
