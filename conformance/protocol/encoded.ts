import { Writer } from '@streamwright/protocol'
import type { MessageCodec } from '../../packages/protocol/src/api.ts'

/** The bytes of a message. */
export function encoded(codec: MessageCodec<unknown>, version: number, message: object): Buffer {
  const writer = new Writer()
  codec.encode(writer, version, message)
  return writer.toBuffer()
}
