import { asBuffer } from '@streamwright/std'
import type { Serialized } from './serde.ts'

/** The bytes of what a serializer returned. */
export function toBytes(serialized: Serialized): Buffer {
  return typeof serialized === 'string' ? Buffer.from(serialized, 'utf8') : asBuffer(serialized)
}
