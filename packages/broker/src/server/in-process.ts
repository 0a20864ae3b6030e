import { Duplex } from 'node:stream'
import { inProcessHighWaterMarkBytes } from '../limits.ts'

/**
 * The two ends of a connection inside the process. What the client writes is copied, as a socket would: the broker
 * patches record batches in place, and the client may keep its buffers to send them again.
 */
export function inProcessPair(): { readonly client: Duplex; readonly server: Duplex } {
  const client = new InProcessEnd(true)
  const server = new InProcessEnd(false)
  client.attach(server)
  server.attach(client)
  return { client, server }
}

type Done = (error?: Error | null) => void

class InProcessEnd extends Duplex {
  readonly #copies: boolean
  #peer: InProcessEnd | undefined
  #writeDone: Done | undefined

  constructor(copies: boolean) {
    super({
      readableHighWaterMark: inProcessHighWaterMarkBytes,
      writableHighWaterMark: inProcessHighWaterMarkBytes,
      allowHalfOpen: false,
    })
    this.#copies = copies
  }

  attach(peer: InProcessEnd): void {
    this.#peer = peer
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#send([this.#copies ? Buffer.from(chunk) : chunk], done)
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: Done): void {
    const buffers = chunks.map(({ chunk }) => chunk)
    this.#send(this.#copies ? [Buffer.concat(buffers)] : buffers, done)
  }

  override _read(): void {
    this.#peerReads()
  }

  #peerReads(): void {
    const done = this.#writeDone
    this.#writeDone = undefined
    done?.()
  }

  override _final(done: Done): void {
    queueMicrotask(() => {
      this.#peer?.push(null)
      done()
    })
  }

  override _destroy(error: Error | null, done: Done): void {
    const peer = this.#peer
    this.#peer = undefined
    this.#peerReads()
    queueMicrotask(() => void peer?.destroy())
    done(error)
  }

  /** Never in the writer's own call: its answer would come before the writer knows that it has asked. */
  #send(chunks: readonly Buffer[], done: Done): void {
    queueMicrotask(() => {
      const peer = this.#peer
      if (peer === undefined || peer.destroyed || peer.readableEnded) return done()
      let wantsMore = true
      for (const chunk of chunks) wantsMore = peer.push(chunk)
      if (wantsMore) done()
      else peer.#writeDone = done
    })
  }
}
