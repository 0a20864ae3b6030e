import type { Serde } from '@streamwright/streams'
import { serdes, Windowed } from '@streamwright/streams'
import { toBytes } from '@streamwright/formats'
import { isRecord } from '../json.ts'
import { UnsupportedError } from './unsupported.ts'
import { jsonText } from './values.ts'

type AnySerde = Serde<unknown>

const long: Serde<bigint | number> = {
  name: 'long',
  immutable: true,
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
  string: serdes.string as AnySerde,
  long: long as AnySerde,
  integer: serdes.integer as AnySerde,
  short: serdes.short as AnySerde,
  double: serdes.double as AnySerde,
  float: serdes.float as AnySerde,
  boolean: serdes.boolean as AnySerde,
  bytes: serdes.bytes as AnySerde,
  uuid: serdes.uuid as AnySerde,
  void: serdes.void as AnySerde,
  json,
}

/** The serde of a name such as `long` or `timeWindowed(string,10)`. */
export function serdeNamed(name: string): AnySerde {
  const known = simple[name]
  if (known !== undefined) return known
  const time = /^timeWindowed\((.*),(\d+)\)$/.exec(name)
  if (time !== null) return serdes.timeWindowed(serdeNamed(time[1] ?? ''), Number(time[2])) as AnySerde
  const session = /^sessionWindowed\((.*)\)$/.exec(name)
  if (session !== null) return serdes.sessionWindowed(serdeNamed(session[1] ?? '')) as AnySerde
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
  if (name === 'bytes') return Buffer.from(String(form).slice(2), 'hex')
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
  return toBytes(serdeNamed(name).serialize(value, topic, noHeaders()))
}

function noHeaders(): never {
  // The serdes of the vectors look at no headers.
  return undefined as never
}
