import type { Random } from '@streamwright/std'

/** What an attacker, a bug or a bad cable may make of good bytes. */
export function mutated(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes)
  const at = random.below(Math.max(copy.length, 1))
  switch (random.below(7)) {
    case 0:
      return copy.subarray(0, at)
    case 1:
      if (copy.length > 0) copy[at] = random.below(256)
      return copy
    case 2:
      if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
      return copy
    case 3:
      return Buffer.concat([copy.subarray(0, at), lengths[random.below(lengths.length)] ?? copy, copy.subarray(at + 4)])
    case 4:
      return Buffer.concat([copy.subarray(0, at), Buffer.alloc(1 + random.below(12), 0xff), copy.subarray(at)])
    case 5:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(random.below(Math.max(copy.length, 1)))])
    default:
      return random.bytes(random.below(200))
  }
}

/** Lengths and counts that are meant to hurt. */
const lengths: readonly Buffer[] = [
  '7fffffff',
  'fffffffe',
  'ffffffff',
  '80000000',
  '00ffffff',
  'ffffffff0f',
  'ffffffff7f',
  '8080808010',
  '808080808000',
  '7fff',
].map((hex) => Buffer.from(hex, 'hex'))

/** The number of array elements in a decoded message, at any depth. */
export function elementsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, element: unknown) => sum + 1 + elementsIn(element), 0)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 0
  return Object.values(value).reduce((sum: number, member: unknown) => sum + elementsIn(member), 0)
}
