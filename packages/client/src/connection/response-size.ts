import { ProtocolError } from '@streamwright/protocol'
import { responseBytesMax } from '../limits.ts'

/** A response has a correlation id at least. */
const responseBytesMin = 4

/** Throws `ProtocolError` for a size that no response can have: mostly, something else than a broker answers. */
export function checkResponseSize(size: number, bytes: Buffer): void {
  if (size >= responseBytesMin && size <= responseBytesMax && !isTlsAlert(bytes)) return
  if (bytes.toString('latin1') === 'HTTP') {
    throw new ProtocolError('It answers in HTTP: this is the port of a web server, not of a Kafka broker')
  }
  if (isTlsAlert(bytes)) {
    throw new ProtocolError('It answers with a TLS alert: this listener wants TLS; set security.protocol to SSL')
  }
  throw new ProtocolError(
    `A response claims ${size} bytes, which cannot be (${responseBytesMin} to ${responseBytesMax} can): ` +
      'is this the port of a Kafka broker?',
    'FRAME_TOO_LARGE',
  )
}

/** A record of type 21, version 3: as a size 336 MiB, which no broker answers. */
function isTlsAlert(bytes: Buffer): boolean {
  return bytes[0] === 0x15 && bytes[1] === 0x03
}
