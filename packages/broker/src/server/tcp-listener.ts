import type { Server as NetServer, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Log } from '@streamwright/std'
import { assert } from '@streamwright/std'
import { AddressInUseError, ListenError, formatAddress } from '../errors.ts'
import { freePortAttemptsMax } from '../limits.ts'
import type { ListenerPlan } from './listener-plan.ts'

/** What this machine may say of an address family that it does not have. */
const missingAddressCodes: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EACCES'])

/** Sockets listening on all hosts of one plan, on one port. */
export class TcpListener {
  readonly plan: ListenerPlan
  readonly port: number
  readonly #servers: readonly BoundServer[]

  private constructor(plan: ListenerPlan, port: number, servers: readonly BoundServer[]) {
    this.plan = plan
    this.port = port
    this.#servers = servers
  }

  /** Resolves when connections are accepted on every host. Throws `AddressInUseError`, `ListenError`. */
  static async open(plan: ListenerPlan, accept: (socket: Socket) => void, log: Log): Promise<TcpListener> {
    for (let attempt = 1; ; attempt++) {
      try {
        // One port after the other is tried until it is free everywhere.
        // oxlint-disable-next-line no-await-in-loop
        const servers = await bindAll(plan, accept, log)
        return new TcpListener(plan, servers[0]?.port ?? plan.port, servers)
      } catch (error) {
        const anotherPortMayDo = plan.port === 0 && error instanceof AddressInUseError
        if (!anotherPortMayDo || attempt >= freePortAttemptsMax) throw error
      }
    }
  }

  /** `127.0.0.1:9092`, one per host. */
  get addresses(): readonly string[] {
    return this.#servers.map(({ host, port }) => formatAddress(host, port))
  }

  /** Takes no more connections; those there are live on. */
  stop(): void {
    for (const { server } of this.#servers) server.close()
  }
}

interface BoundServer {
  readonly server: NetServer
  readonly host: string
  readonly port: number
}

async function bindAll(plan: ListenerPlan, accept: (socket: Socket) => void, log: Log): Promise<BoundServer[]> {
  const bound: BoundServer[] = []
  let port = plan.port
  for (const host of plan.hosts) {
    try {
      // The port of the first host decides that of the others.
      // oxlint-disable-next-line no-await-in-loop
      const server = await bind(host, port, accept)
      port = server.port
      bound.push(server)
    } catch (error) {
      if (bound.length > 0 && error instanceof ListenError && missingAddressCodes.has(error.code)) {
        log.info('This machine has no such address; going on without it', { host, code: error.code })
        continue
      }
      for (const { server } of bound) server.close()
      throw error
    }
  }
  return bound
}

function bind(host: string, port: number, accept: (socket: Socket) => void): Promise<BoundServer> {
  return new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true, keepAlive: true, pauseOnConnect: true }, accept)
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AddressInUseError(host, port, error)
          : new ListenError(host, port, error.code ?? 'UNKNOWN', error),
      )
    }
    server.once('error', failed)
    // Only `::` as the wildcard takes IPv4 as well; `::1` beside `127.0.0.1` must not.
    server.listen({ host, port, ipv6Only: host.includes(':') && host !== '::', exclusive: true }, () => {
      server.off('error', failed)
      const address = server.address() as AddressInfo | null
      assert(address !== null, 'A listening server has an address')
      resolve({ server, host, port: address.port })
    })
  })
}
