import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '@streamwright/std'
import { asError, assert } from '@streamwright/std'
import { AddressInUseError, ListenError } from '../errors.ts'
import {
  metricsConnectionsMax,
  metricsHeaderBytesMax,
  metricsHeadersTimeoutMs,
  metricsIdleTimeoutMs,
  metricsRequestTimeoutMs,
} from '../limits.ts'
import type { Health } from './health.ts'
import { metricsContentType } from './metrics-text.ts'

export interface MetricsServerOptions {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly log: Log
  readonly health: Health
  /** Everything that is told, in Prometheus' text format. */
  readonly metrics: () => string
}

interface Page {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** `GET /metrics`, `/health/live` and `/health/ready`, on a port of their own. */
export class MetricsServer {
  readonly port: number
  readonly #server: Server

  private constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
  }

  /** Resolves when it answers. Throws `AddressInUseError`, `ListenError`. */
  static open(options: MetricsServerOptions): Promise<MetricsServer> {
    const { host, port } = options
    const server = createServer(
      {
        headersTimeout: metricsHeadersTimeoutMs,
        requestTimeout: metricsRequestTimeoutMs,
        keepAliveTimeout: metricsIdleTimeoutMs,
        maxHeaderSize: metricsHeaderBytesMax,
      },
      (request, response) => answer(options, request, response),
    )
    server.maxConnections = metricsConnectionsMax
    // A client that connects and says nothing, or does not read.
    server.setTimeout(metricsRequestTimeoutMs)
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => {
        const isTaken = error.code === 'EADDRINUSE'
        reject(
          isTaken
            ? new AddressInUseError(host, port, error)
            : new ListenError(host, port, error.code ?? 'UNKNOWN', error),
        )
      }
      server.once('error', failed)
      server.listen({ host, port, exclusive: true }, () => {
        server.off('error', failed)
        const address = server.address() as AddressInfo | null
        assert(address !== null, 'A listening server has an address')
        resolve(new MetricsServer(server, address.port))
      })
    })
  }

  /** Cuts what is under way. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}

function answer(options: MetricsServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const { method = '', url = '' } = request
  let page: Page
  try {
    page = pageOf(options, method, url.split('?', 1)[0] ?? '')
  } catch (error) {
    options.log.error('The metrics could not be told', { error: asError(error), stack: asError(error).stack })
    page = text(500, 'The metrics could not be told; the log says why\n')
  }
  response.statusCode = page.status
  response.setHeader('Content-Type', page.contentType)
  response.setHeader('Content-Length', Buffer.byteLength(page.body))
  response.setHeader('Cache-Control', 'no-store')
  if (page.status === 405) response.setHeader('Allow', 'GET, HEAD')
  // Nobody reads what comes after the header of a request; so that there is none, the connection ends.
  if (method !== 'GET' && method !== 'HEAD') response.setHeader('Connection', 'close')
  response.end(method === 'HEAD' ? undefined : page.body)
}

function pageOf({ health, metrics }: MetricsServerOptions, method: string, path: string): Page {
  if (path !== '/metrics' && path !== '/health/live' && path !== '/health/ready') {
    return text(404, 'There are /metrics, /health/live and /health/ready\n')
  }
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'Only GET and HEAD are answered\n')
  if (path === '/metrics') return { status: 200, contentType: metricsContentType, body: metrics() }
  if (path === '/health/live') return json(200, { status: 'live' })
  const problems = health.problems()
  return problems.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', problems })
}

function text(status: number, body: string): Page {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

function json(status: number, value: object): Page {
  return { status, contentType: 'application/json', body: `${JSON.stringify(value)}\n` }
}
