import type { Random } from '@streamwright/std'
import type { FieldDefinition } from '../src/definitions/definition.ts'
import { zeroUuid } from '../src/uuid.ts'
import { includesVersion } from './every-message.ts'

type MutableMessage = Record<string, unknown>

/** A random message of a version: what it has, every field with a value that the version can carry. */
export function randomMessage(
  fields: readonly FieldDefinition[],
  newest: number,
  version: number,
  random: Random,
): MutableMessage {
  const message: MutableMessage = {}
  for (const field of fields) {
    if (includesVersion(field.versions, newest, version))
      message[field.name] = randomValue(field, newest, version, random)
  }
  return message
}

/** Unknown tags as a newer version might have sent them; only flexible versions can carry them. */
export function randomTags(random: Random): readonly { readonly tag: number; readonly data: Buffer }[] {
  const tags = new Set([100 + random.below(100), 1000 + random.below(100_000)])
  return [...tags].map((tag) => ({ tag, data: random.bytes(random.below(20)) }))
}

function randomValue(field: FieldDefinition, newest: number, version: number, random: Random): unknown {
  const nullable =
    field.nullable === true || (field.nullable !== undefined && includesVersion(field.nullable, newest, version))
  if (nullable && random.below(4) === 0) return null
  if (!field.type.startsWith('[]')) return randomElement(field, field.type, newest, version, random)
  const length = random.below(4)
  return Array.from({ length }, () => randomElement(field, field.type.slice(2), newest, version, random))
}

function randomElement(field: FieldDefinition, type: string, newest: number, version: number, random: Random): unknown {
  if (field.fields !== undefined) return randomMessage(field.fields, newest, version, random)
  const bits = integerBits[type]
  if (bits !== undefined) return randomInteger(bits, type.startsWith('u'), random)
  switch (type) {
    case 'bool':
      return random.below(2) === 1
    case 'int64':
      return random.bytes(8).readBigInt64BE() >> BigInt(random.below(64))
    case 'float64':
      return (random.fraction() - 0.5) * 10 ** random.below(300)
    case 'uuid':
      return random.below(4) === 0 ? zeroUuid : random.bytes(16).toString('base64url')
    case 'string':
      return randomText(random)
    default:
      return random.bytes(random.below(8) === 0 ? 2000 + random.below(4000) : random.below(40))
  }
}

const integerBits: Readonly<Record<string, number>> = { int8: 8, int16: 16, uint16: 16, int32: 32, uint32: 32 }

function randomInteger(bits: number, unsigned: boolean, random: Random): number {
  const value = Math.floor(random.fraction() * 2 ** bits) - (unsigned ? 0 : 2 ** (bits - 1))
  return Math.trunc(value / 2 ** random.below(bits)) + 0
}

const alphabet = ['a', 'b', '-', '.', '_', '0', 'é', '漢', '😀', '\u0000', '\uffff']

function randomText(random: Random): string {
  const length = random.below(6) === 0 ? 120 + random.below(20) : random.below(16)
  const letters = random.below(2) === 0 ? 6 : alphabet.length
  return Array.from({ length }, () => alphabet[random.below(letters)]).join('')
}
