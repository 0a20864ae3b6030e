import { asBuffer } from '@streamwright/std'
import type { Serde } from './serde.ts'
import { SerdeError } from './serde-error.ts'
import type { TextEncoding, TextEncodingName } from './text-encodings.ts'
import { textEncoding } from './text-encodings.ts'
import { utf8Text } from './utf8-text.ts'
import { wrongType } from './wrong-type.ts'

/** UTF-8 text. Invalid bytes read as U+FFFD, as in Java. */
export const stringSerde: Serde<string> = {
  name: 'string',
  immutable: true,
  serialize(value) {
    if (typeof value !== 'string') throw wrongType('string', value)
    return value
  },
  deserialize: (bytes) => utf8Text(asBuffer(bytes), 0, bytes.length),
  deserializeSlice: utf8Text,
}

/** Text in an encoding of Java's: what `serializer.encoding` says there. */
export function encodedStringSerde(encoding: TextEncodingName | (string & {})): Serde<string> {
  const { name, encode, decode } = textEncoding(encoding)
  if (name === 'UTF-8') return stringSerde
  return {
    name: `string(${name})`,
    immutable: true,
    serialize(value) {
      if (typeof value !== 'string') throw wrongType('string', value)
      return encode(value)
    },
    deserialize: (bytes) => decode(asBuffer(bytes)),
  }
}

const uuidLetters = 36
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A UUID in its 36-character text form, lower case, as Java's UUIDSerializer writes it. */
export const uuidSerde: Serde<string> = { ...uuidIn(textEncoding('UTF-8')), fixedBytes: uuidLetters }

/** A UUID as text in an encoding of Java's. */
export function encodedUuidSerde(encoding: TextEncodingName | (string & {})): Serde<string> {
  const known = textEncoding(encoding)
  return known.name === 'UTF-8' ? uuidSerde : uuidIn(known)
}

function uuidIn({ name, encode, decode }: TextEncoding): Serde<string> {
  return {
    name: name === 'UTF-8' ? 'uuid' : `uuid(${name})`,
    immutable: true,
    serialize(value) {
      if (typeof value !== 'string' || !uuidPattern.test(value)) throw wrongType('uuid', value)
      const text = value.toLowerCase()
      return name === 'UTF-8' ? text : encode(text)
    },
    deserialize(bytes) {
      const text = decode(asBuffer(bytes))
      const uuid = parseUuid(text)
      if (uuid === undefined) throw new SerdeError(`Not a UUID: ${JSON.stringify(text.slice(0, 60))}`)
      return uuid
    },
  }
}

const groupDigits = [8, 4, 4, 4, 12] as const
const longMax = 2n ** 63n - 1n

/** Java reads groups of other lengths too: as numbers, of which the lower digits count. */
function parseUuid(text: string): string | undefined {
  if (uuidPattern.test(text)) return text.toLowerCase()
  const groups = text.split('-')
  if (text.length > uuidLetters || groups.length !== groupDigits.length) return undefined
  const full: string[] = []
  for (const [index, digits] of groupDigits.entries()) {
    const group = /^\+?([0-9a-f]+)$/i.exec(groups[index] ?? '')?.[1]
    if (group === undefined || BigInt(`0x${group}`) > longMax) return undefined
    full.push(group.toLowerCase().padStart(digits, '0').slice(-digits))
  }
  return full.join('-')
}
