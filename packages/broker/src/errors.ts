import { StreamwrightError } from '@streamwright/std'

/** The address to listen on is taken. `code` is `EADDRINUSE`. */
export class AddressInUseError extends StreamwrightError {
  override readonly name = 'AddressInUseError'
  readonly host: string
  readonly port: number

  constructor(host: string, port: number, cause: unknown) {
    super(
      `Another program listens on ${formatAddress(host, port)}: stop it, or choose another port (0 picks a free one)`,
      { code: 'EADDRINUSE', cause },
    )
    this.host = host
    this.port = port
  }
}

/** The address to listen on cannot be used for another reason than being taken. `code` is the system's. */
export class ListenError extends StreamwrightError {
  override readonly name = 'ListenError'

  constructor(host: string, port: number, code: string, cause: unknown) {
    super(`Cannot listen on ${formatAddress(host, port)} (${code}): choose an address of this machine`, { code, cause })
  }
}

/** The data directory holds something that this broker cannot read. */
export class DataDirectoryError extends StreamwrightError {
  override readonly name = 'DataDirectoryError'

  constructor(message: string, cause?: unknown) {
    super(message, { code: 'DATA_DIRECTORY_UNUSABLE', cause })
  }
}

/** `127.0.0.1:9092`, `[::1]:9092`. */
export function formatAddress(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
