import { StreamwrightError } from '@streamwright/std'

/**
 * What is wrong with the bytes or the message:
 * - `MALFORMED_MESSAGE`: the bytes are not a message of this kind and version; the connection should be closed.
 * - `FRAME_TOO_LARGE`: a frame claims more bytes than the limit; the connection should be closed.
 * - `UNKNOWN_API`, `UNSUPPORTED_VERSION`: the other side uses an API or a version that is not known here.
 * - `UNSUPPORTED_FIELD`, `NULL_NOT_ALLOWED`: a message to be written says something that the negotiated version
 *   cannot express. Nothing usable was written.
 */
export type ProtocolErrorCode =
  | 'MALFORMED_MESSAGE'
  | 'FRAME_TOO_LARGE'
  | 'UNKNOWN_API'
  | 'UNSUPPORTED_VERSION'
  | 'UNSUPPORTED_FIELD'
  | 'NULL_NOT_ALLOWED'

/** Bytes that are not Kafka's protocol, or a message that a version of it cannot carry. Never retriable as it is. */
export class ProtocolError extends StreamwrightError {
  override readonly name = 'ProtocolError'

  constructor(message: string, code: ProtocolErrorCode = 'MALFORMED_MESSAGE') {
    super(message, { code, retriable: false })
  }
}
