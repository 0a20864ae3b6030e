import type { Init, MessageCodec } from '@streamwright/protocol'
import { Reader, Writer } from '@streamwright/protocol'

/** A record to write to `__consumer_offsets`; a null value deletes what the key names. */
export interface GroupRecord {
  readonly key: Buffer
  readonly value: Buffer | null
}

/** A key begins with the kind of its record, a value with its version. */
export function framed<M>(codec: MessageCodec<M>, prefix: number, version: number, message: Init<M>): Buffer {
  const writer = new Writer()
  writer.int16(prefix)
  codec.encode(writer, version, message)
  return writer.toBuffer()
}

/** A value in whatever version it says. */
export function unframed<M>(codec: MessageCodec<M>, bytes: Buffer): M {
  const reader = new Reader(bytes)
  return codec.decode(reader, reader.int16())
}
