import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What a socket does its reads and writes through. */
interface SocketHandle {
  useUserBuffer?(buffer: Uint8Array): void
}

interface HandledSocket {
  _handle: SocketHandle | null
}

/** Whether {@link readInto} can make it say where it reads to: TLS decides that by itself. */
export function isSocket(stream: Duplex): stream is Socket {
  return stream instanceof Socket && !('encrypted' in stream)
}

/**
 * The same connection as `socket`, which was accepted just now and is not used any more, but as a socket that reads into
 * `nextBuffer()` and tells `received` how many bytes. `data` events take fresh memory for each 64 KB, which costs a busy
 * broker a third of its time in garbage collection.
 *
 * Node.js lets those who connect say where to read (`onread`), but not those who accept, so a new socket is made around
 * the handle of the accepted one, as Node.js does it when it passes sockets between processes. A socket without such a
 * handle is returned as it is, and read by `data` events.
 */
export function readInto(socket: Socket, nextBuffer: () => Buffer, received: (length: number) => void): Socket {
  const accepted = socket as unknown as HandledSocket
  // oxlint-disable-next-line no-underscore-dangle
  const handle = accepted._handle
  if (typeof handle?.useUserBuffer !== 'function') {
    socket.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length;) {
        const target = nextBuffer()
        const length = chunk.copy(target, 0, at)
        received(length)
        at += length
      }
    })
    return socket
  }
  // Without its handle the accepted socket ends alone, and only the listener hears of it.
  // oxlint-disable-next-line no-underscore-dangle
  accepted._handle = null
  socket.destroy()
  const onread = {
    buffer: nextBuffer,
    callback: (length: number): boolean => {
      received(length)
      return true
    },
  }
  return new Socket({ handle, onread } as unknown as ConstructorParameters<typeof Socket>[0])
}
