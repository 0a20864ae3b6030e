import type { Random } from '@streamwright/std'
import { assert } from '@streamwright/std'
import { ProtocolError } from './errors/protocol-error.ts'

/** The UUID that stands for none, as text. UUIDs are kept in Kafka's text form: 22 characters of URL-safe base64. */
export const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA'

/** The topic id of the cluster's own metadata log. */
export const metadataTopicUuid = 'AAAAAAAAAAAAAAAAAAAAAQ'

const uuidBytes = 16
const textLength = 22
const textForm = /^[A-Za-z0-9_-]{22}={0,2}$/

/**
 * A UUID that somebody typed or sent as text, in its one canonical form. Throws {@link ProtocolError} for what is
 * none: the form is 22 characters of URL-safe base64, such as `M2WCk1rfdlHaVdlGueJ56g`.
 */
export function parseUuid(text: string): string {
  if (!textForm.test(text)) {
    throw new ProtocolError(`Not a UUID in Kafka's form (22 characters of URL-safe base64): ${text.slice(0, 40)}`)
  }
  return Buffer.from(text, 'base64url').toString('base64url')
}

/** The text of the 16 bytes at `offset`. */
export function decodeUuid(buffer: Buffer, offset = 0): string {
  assert(offset + uuidBytes <= buffer.length, 'A UUID has 16 bytes')
  return buffer.toString('base64url', offset, offset + uuidBytes)
}

/** Writes the 16 bytes of a UUID at `offset`. Its text comes from this package or went through {@link parseUuid}. */
export function encodeUuid(uuid: string, buffer: Buffer, offset = 0): void {
  if (uuid === zeroUuid) {
    buffer.fill(0, offset, offset + uuidBytes)
    return
  }
  const written = buffer.write(uuid, offset, uuidBytes, 'base64url')
  assert(written === uuidBytes && uuid.length === textLength, 'A UUID is 22 characters of URL-safe base64')
}

/** A fresh UUID (version 4). It never begins with `-`, so that it can stand on a command line. */
export function randomUuid(random: Random): string {
  for (;;) {
    const bytes = random.bytes(uuidBytes)
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const uuid = decodeUuid(bytes)
    if (!uuid.startsWith('-')) return uuid
  }
}
