import type { Duplex } from 'node:stream'
import type { Api, Init } from '@streamwright/protocol'
import { FrameDecoder, Reader, decodeResponse, encodeRequest } from '@streamwright/protocol'
import type { Deferred } from '@streamwright/std'
import { deferred, present } from '@streamwright/std'

interface Waiting {
  readonly frame: Deferred<Buffer>
}

/** The thinnest client: one connection, requests as they are, answers in the order in which they come. */
export class ProtocolClient {
  readonly stream: Duplex
  readonly #decoder = new FrameDecoder()
  readonly #waiting: Waiting[] = []
  readonly #closed = deferred()
  #correlationId = 0

  constructor(stream: Duplex) {
    this.stream = stream
    stream.on('data', (chunk: Buffer) => {
      for (const frame of this.#decoder.push(chunk))
        present(this.#waiting.shift(), 'An answer was waited for').frame.resolve(frame)
    })
    stream.on('error', () => {})
    stream.on('close', () => {
      this.#closed.resolve()
      for (const { frame } of this.#waiting.splice(0)) frame.reject(new Error('The broker closed the connection'))
    })
  }

  /** Resolves when the connection is gone. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  async send<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    body: Init<Request>,
    clientId = 'test',
  ): Promise<Response> {
    const correlationId = this.#correlationId++
    for (const chunk of encodeRequest(api, version, { correlationId, clientId }, body)) this.stream.write(chunk)
    const frame = await this.next()
    const response = decodeResponse(api, version, new Reader(frame))
    if (response.correlationId !== correlationId) throw new Error('Answers came out of order')
    return response.body
  }

  /** A request that gets no answer. */
  tell<Request>(api: Api<Request, unknown>, version: number, body: Init<Request>): void {
    const correlationId = this.#correlationId++
    for (const chunk of encodeRequest(api, version, { correlationId, clientId: 'test' }, body)) this.stream.write(chunk)
  }

  /** Bytes as they are, with the size before them. */
  sendFrame(bytes: Uint8Array): void {
    const size = Buffer.alloc(4)
    size.writeInt32BE(bytes.length)
    this.stream.write(size)
    this.stream.write(bytes)
  }

  /** The next answer that comes. */
  next(): Promise<Buffer> {
    const frame = deferred<Buffer>()
    if (this.stream.destroyed) frame.reject(new Error('The connection is closed'))
    else this.#waiting.push({ frame })
    return frame.promise
  }

  close(): void {
    this.stream.destroy()
  }
}
