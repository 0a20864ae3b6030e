import { inspect } from 'node:util'
import type { Serde } from '@streamwright/streams'
import { Windowed, serdes } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { isRecord } from '../json.ts'
import { UnsupportedError } from '../streams/unsupported.ts'

/** What is there when a value is not null. */
type Present = string | number | bigint | boolean | object

const simple: Readonly<Record<string, Serde<never>>> = {
  String: serdes.string as Serde<never>,
  Integer: serdes.integer as Serde<never>,
  Short: serdes.short as Serde<never>,
  // 64 bits without loss.
  Long: serdes.bigint as Serde<never>,
  Float: serdes.float as Serde<never>,
  Double: serdes.double as Serde<never>,
  Boolean: serdes.boolean as Serde<never>,
  UUID: serdes.uuid as Serde<never>,
  ByteArray: serdes.bytes as Serde<never>,
  Bytes: serdes.bytes as Serde<never>,
  ByteBuffer: serdes.byteBuffer as Serde<never>,
  Void: serdes.void,
}

/** The serde that a case means. */
export function serdeOf(vector: JsonObject): Serde<Present> {
  const { serde: name, encoding } = vector
  if (typeof encoding === 'string') {
    return name === 'UUID' ? serdes.uuidOf(encoding) : serdes.stringOf(encoding)
  }
  // Without a size in the case, the windows have 10 ms.
  const sizeMs = Number(vector['windowSizeMs'] ?? 10)
  return serdeNamed(String(name), sizeMs)
}

function serdeNamed(name: string, sizeMs: number): Serde<Present> {
  const known = simple[name]
  if (known !== undefined) return known
  const [, outer, inner = '', rest = ''] = /^(\w+)<(.*)>( changelog)?$/.exec(name) ?? []
  if (outer === 'List') return serdes.list(serdeNamed(inner, sizeMs)) as Serde<Present>
  if (outer === 'TimeWindowed') {
    return serdes.timeWindowed(serdeNamed(inner, sizeMs), sizeMs, { changelog: rest !== '' }) as Serde<Present>
  }
  if (outer === 'SessionWindowed') return serdes.sessionWindowed(serdeNamed(inner, sizeMs)) as Serde<Present>
  if (name === 'session store changelog key') return serdes.sessionWindowed(serdes.string) as Serde<Present>
  if (name === 'window store changelog key') {
    return serdes.timeWindowed(serdes.string, sizeMs, { changelog: true }) as Serde<Present>
  }
  throw new UnsupportedError(`${name.replace(/<.*/, '')}: a form inside stores and changelogs`)
}

/** The value of a case as its serde wants it. */
export function valueOf(vector: JsonObject): Present {
  if (typeof vector['backing'] === 'string') return bufferOf(vector['backing'], Number(vector['limit']))
  return present(String(vector['serde']), vector['value']) as Present
}

/** The value that the bytes of a case are read as. */
export function decodedForm(vector: JsonObject): unknown {
  if (typeof vector['backing'] === 'string') return valueOf(vector)
  const form = vector['decodedWithSize'] ?? vector['decoded'] ?? vector['value']
  return present(String(vector['serde']), form)
}

function present(name: string, form: unknown): unknown {
  if (form === null || form === undefined) return null
  const inner = /^List<(.*)>$/.exec(name)?.[1]
  if (inner !== undefined) return (form as readonly unknown[]).map((each) => present(inner, each))
  if (isRecord(form)) return windowed(name, form)
  switch (name) {
    case 'Long':
      return BigInt(form as string)
    case 'Float':
      return Math.fround(Number(form))
    case 'Double':
      return Number(form)
    case 'ByteArray':
    case 'Bytes':
      return Buffer.from(form as string, 'hex')
    case 'ByteBuffer':
      return bufferOf(form as string, (form as string).length / 2)
    default:
      return form
  }
}

function windowed(name: string, form: JsonObject): Windowed<unknown> {
  const startMs = Number(form['startMs'])
  const endMs = Number(form['endMs'] ?? startMs + 10)
  if (!Number.isSafeInteger(startMs) || !Number.isSafeInteger(endMs)) {
    throw new UnsupportedError('times beyond 2^53, which are numbers here')
  }
  if (Number(form['sequence'] ?? 0) !== 0) throw new UnsupportedError(`${name} with a number, which joins alone have`)
  return new Windowed(form['key'], { startMs, endMs })
}

function bufferOf(hex: string, limit: number): DataView {
  const bytes = new Uint8Array(Buffer.from(hex, 'hex'))
  return new DataView(bytes.buffer, 0, limit)
}

/** A value as text that is equal when the values are. */
export function comparable(value: unknown): string {
  if (value instanceof DataView) return comparable(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `[${value.map((each) => comparable(each)).join(', ')}]`
  return inspect(value, { depth: 5 })
}
