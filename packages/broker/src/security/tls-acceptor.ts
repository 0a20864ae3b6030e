import type { Socket } from 'node:net'
import type { SecureContextOptions, SecureVersion, Server as TlsServer, TLSSocket } from 'node:tls'
import { createSecureContext, createServer } from 'node:tls'
import type { Log } from '@streamwright/std'
import { asError, ConfigurationError } from '@streamwright/std'
import { tlsHandshakeTimeoutMs } from '../limits.ts'
import { subjectOf } from './distinguished-name.ts'
import type { ListenerSettings } from './listener-settings.ts'
import type { KafkaPrincipal } from './principal.ts'
import { anonymous, principalOf } from './principal.ts'
import type { PrincipalMapping } from './principal-mapping.ts'
import { principalMapping } from './principal-mapping.ts'
import { certificateOf, keyStore, trustStore } from './tls-stores.ts'

/** A connection whose handshake is done, and whom its certificate is for. */
export interface SecuredSocket {
  readonly socket: TLSSocket
  readonly principal: KafkaPrincipal
}

const versions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

/** Makes TLS of the connections of a listener. */
export class TlsAcceptor {
  readonly #listener: string
  #settings: ListenerSettings
  #certificate: string | undefined
  readonly #server: TlsServer
  readonly #mapping: PrincipalMapping
  readonly #log: Log
  readonly #waiting = new Map<string, (secured: SecuredSocket) => void>()

  /** Reads keys and certificates. Throws `ConfigurationError`. */
  constructor(listener: string, settings: ListenerSettings, log: Log) {
    this.#listener = listener
    this.#settings = settings
    this.#mapping = principalMapping(settings.sslPrincipalMappingRules)
    this.#log = log
    const { sslClientAuth } = settings
    const options = {
      ...contextOptions(listener, settings),
      requestCert: sslClientAuth !== 'none',
      rejectUnauthorized: sslClientAuth === 'required',
      handshakeTimeout: tlsHandshakeTimeoutMs,
    }
    try {
      this.#server = createServer(options)
    } catch (cause) {
      throw unusable(listener, cause)
    }
    this.#certificate = certificateOf(settings)
    this.#server.on('secureConnection', (socket) => this.#secured(socket))
    this.#server.on('tlsClientError', (error, socket) => this.#failed(error, socket))
  }

  /** Shakes hands; `secured` is called when that went well, and the socket closes when it did not. */
  accept(socket: Socket, secured: (connection: SecuredSocket) => void): void {
    const place = placeOf(socket)
    this.#waiting.set(place, secured)
    socket.on('close', () => {
      if (this.#waiting.get(place) === secured) this.#waiting.delete(place)
    })
    // It fails on the TLS socket, too, where it is heard.
    socket.on('error', () => {})
    this.#server.emit('connection', socket)
  }

  /** The certificate that is shown, as PEM; undefined: it lies in PKCS12. */
  get certificate(): string | undefined {
    return this.#certificate
  }

  /** Reads keys and certificates anew, for connections to come. Throws `ConfigurationError`, and goes on as before. */
  reload(settings: ListenerSettings = this.#settings): void {
    try {
      const certificate = certificateOf(settings)
      this.#server.setSecureContext(contextOptions(this.#listener, settings))
      this.#settings = settings
      this.#certificate = certificate
    } catch (cause) {
      throw unusable(this.#listener, cause)
    }
  }

  /** Throws `ConfigurationError` for keys and certificates that {@link TlsAcceptor.reload} could not use. */
  check(settings: ListenerSettings): void {
    try {
      createSecureContext(contextOptions(this.#listener, settings))
    } catch (cause) {
      throw unusable(this.#listener, cause)
    }
  }

  #secured(socket: TLSSocket): void {
    const place = placeOf(socket)
    const secured = this.#waiting.get(place)
    this.#waiting.delete(place)
    const principal = this.#principalOf(socket)
    if (secured === undefined || principal === undefined) return void socket.destroy()
    secured({ socket, principal })
  }

  /** Undefined when the client must not come in. */
  #principalOf(socket: TLSSocket): KafkaPrincipal | undefined {
    if (this.#settings.sslClientAuth === 'none') return anonymous
    const certificate = socket.getPeerX509Certificate()
    if (certificate === undefined) return anonymous
    if (!socket.authorized) {
      this.#refused(socket, `its certificate is not trusted (${String(socket.authorizationError)})`)
      return undefined
    }
    const subject = subjectOf(certificate.raw)
    const name = this.#mapping(subject)
    if (name === undefined) this.#refused(socket, `no rule of ssl.principal.mapping.rules is about ${subject}`)
    return name === undefined ? undefined : principalOf('User', name)
  }

  #failed(error: Error, socket: TLSSocket): void {
    const { code } = error as NodeJS.ErrnoException
    // A client that went away is no news; nor is one that only looks whether somebody listens.
    if (code !== 'ECONNRESET') this.#refused(socket, asError(error).message)
  }

  #refused(socket: TLSSocket, reason: string): void {
    const client = `/${socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''}`
    this.#log.warn('A TLS handshake failed; its connection is closed', { client, listener: this.#listener, reason })
  }
}

/** A connection is told from others by where it comes from. */
function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ''} ${remotePort ?? ''}`
}

function contextOptions(listener: string, settings: ListenerSettings): SecureContextOptions {
  const enabled = versions.filter((version) => settings.sslEnabledProtocols.includes(version))
  const [minVersion, maxVersion] = [enabled[0], enabled.at(-1)]
  if (minVersion === undefined || maxVersion === undefined) {
    throw new ConfigurationError(`ssl.enabled.protocols must be some of ${versions.join(', ')}`)
  }
  const trusted = trustStore(settings)
  const ciphers = settings.sslCipherSuites
  return {
    ...keyStore(listener, settings),
    minVersion,
    maxVersion,
    ...(trusted === undefined ? {} : { ca: trusted }),
    ...(ciphers.length === 0 ? {} : { ciphers: ciphers.join(':') }),
  }
}

function unusable(listener: string, cause: unknown): ConfigurationError {
  if (cause instanceof ConfigurationError) return cause
  const why = asError(cause).message
  return new ConfigurationError(`The key or the certificates of listener ${listener} cannot be used: ${why}`, cause)
}
