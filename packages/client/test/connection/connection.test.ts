import { startBroker } from '@streamwright/broker'
import { ReusableMemory } from '@streamwright/std'
import assert from 'node:assert/strict'
import { promises as dns } from 'node:dns'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo, LookupFunction, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { ApiKey, decodeRequestHeader, encodeResponse, FrameDecoder, Reader } from '@streamwright/protocol'
import type { Api } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { metadata } from '@streamwright/protocol/messages/metadata'
import type { ConnectionOptions } from '../../src/connection/connection.ts'
import { receiveMemoryLimits } from '../../src/limits.ts'
import { Admin } from '../../src/admin/admin.ts'
import { Connection } from '../../src/connection/connection.ts'
import { rotatedLookup } from '../../src/connection/host-names.ts'
import { clientSoftware } from '../../src/connection/client-software.ts'
import { tlsOptions } from '../../src/connection/tls-options.ts'
import { clientSettingSpecs, readClientSettings } from '../../src/settings/client-settings.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { quietEnvironment, withBroker } from '../support/test-broker.ts'

const options: ConnectionOptions = {
  clientId: 'test',
  requestTimeoutMs: 5_000,
  connectTimeoutMs: 5_000,
  maxIdleMs: 540_000,
  memory: new ReusableMemory(receiveMemoryLimits),
}

function open(running: TestBroker, more: Partial<ConnectionOptions> = {}): Promise<Connection> {
  const connect = running.client.connect
  return Connection.open({ host: 'in-process', port: 1 }, { ...options, connect, ...more }, quietEnvironment)
}

/** A server that does with each connection what a test wants. */
async function withServer(
  server: Server,
  onSocket: (socket: Socket) => void,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.on(server.constructor === createServer().constructor ? 'connection' : 'secureConnection', onSocket)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await use((server.address() as AddressInfo).port)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
}

describe('a connection', () => {
  test('agrees on versions and asks in the highest', async () => {
    await withBroker(async (running) => {
      const versions: number[] = []
      running.broker.intercept(ApiKey.Metadata, ({ apiVersion }) => void versions.push(apiVersion))
      const connection = await open(running)
      await connection.send(metadata, { topics: [] })
      await connection.send(metadata, { topics: [] }, { maxVersion: 9 })
      assert.deepEqual(versions, [13, 9])
      await assert.rejects(connection.send(metadata, { topics: [] }, { minVersion: 14 }), {
        code: 'UNSUPPORTED_VERSION',
      })
      connection.close()
    })
  })

  test('sends requests one behind the other and tells responses apart', async () => {
    await withBroker(async (running) => {
      running.broker.intercept(ApiKey.Metadata, ({ count }) => (count === 1 ? { delayMs: 20 } : undefined))
      const connection = await open(running)
      const topics = Array.from({ length: 50 }, (_, index) => `topic-${index}`)
      const responses = await Promise.all(
        topics.map((name) => connection.send(metadata, { topics: [{ name }], allowAutoTopicCreation: false })),
      )
      assert.deepEqual(
        responses.map((response) => response.topics[0]?.name),
        topics,
      )
      assert.equal(connection.pendingRequests, 0)
      connection.close()
    })
  })

  test('is given up when a response does not come in time', async () => {
    await withBroker(async (running) => {
      running.broker.intercept(ApiKey.Metadata, () => ({ delayMs: 500 }))
      const connection = await open(running)
      const slow = connection.send(metadata, { topics: [] }, { timeoutMs: 10 })
      const behind = connection.send(metadata, { topics: [] })
      await assert.rejects(slow, {
        code: 'REQUEST_TIMEOUT',
        retriable: true,
        message: /in-process:1.*request.timeout.ms/,
      })
      await assert.rejects(behind, { code: 'CONNECTION_LOST', retriable: true })
      assert.equal(connection.isOpen, false)
    })
  })

  test('that is lost fails what was on the way, and what comes later', async () => {
    await withBroker(async (running) => {
      running.broker.intercept(ApiKey.Metadata, () => ({ disconnect: 'before' }))
      const connection = await open(running)
      await assert.rejects(connection.send(metadata, { topics: [] }), { code: 'CONNECTION_LOST' })
      await assert.rejects(connection.send(metadata, { topics: [] }), { code: 'CONNECTION_LOST' })
    })
  })

  test('closes when it is idle', async () => {
    await withBroker(async (running) => {
      const connection = await open(running, { maxIdleMs: 10 })
      assert.match((await connection.closed).message, /idle/)
    })
  })

  test('to a port where nobody listens fails and says what to look at', async () => {
    const server = createServer()
    let port = 0
    await withServer(
      server,
      () => undefined,
      async (own) => {
        port = own
      },
    )
    const failed = Connection.open({ host: '127.0.0.1', port }, options, quietEnvironment)
    await assert.rejects(failed, {
      code: 'CONNECTION_FAILED',
      retriable: true,
      message: /ECONNREFUSED.*bootstrap.servers/,
    })
  })

  test('to something that never answers fails in time', async () => {
    await withServer(
      createServer(),
      () => undefined,
      async (port) => {
        const failed = Connection.open(
          { host: '127.0.0.1', port },
          { ...options, connectTimeoutMs: 20 },
          quietEnvironment,
        )
        const message = /takes connections and did not answer within 20 ms.*security.protocol/
        await assert.rejects(failed, { code: 'CONNECTION_FAILED', message })
      },
    )
  })

  test('to a web server says so', async () => {
    await withServer(
      createServer(),
      (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      async (port) => {
        const failed = Connection.open({ host: '127.0.0.1', port }, options, quietEnvironment)
        await assert.rejects(failed, { code: 'NOT_KAFKA', retriable: false, message: /web server/ })
      },
    )
  })

  test('asks again in the version that an older broker knows', async () => {
    const asked: number[] = []
    const answer = (socket: Socket): void => {
      const decoder = new FrameDecoder()
      socket.on('data', (chunk: Buffer) => {
        for (const frame of decoder.push(chunk)) {
          const { apiVersion, correlationId } = decodeRequestHeader(new Reader(frame))
          asked.push(apiVersion)
          const apiKeys = [
            { apiKey: ApiKey.ApiVersions, minVersion: 0, maxVersion: 2 },
            { apiKey: ApiKey.Metadata, minVersion: 0, maxVersion: 8 },
          ]
          const known = apiVersion <= 2
          const body = { errorCode: known ? 0 : 35, apiKeys }
          for (const bytes of encodeResponse(
            apiVersions as Api<unknown, never>,
            known ? apiVersion : 0,
            correlationId,
            body as never,
          )) {
            socket.write(bytes)
          }
        }
      })
    }
    await withServer(createServer(), answer, async (port) => {
      const connection = await Connection.open({ host: '127.0.0.1', port }, options, quietEnvironment)
      assert.deepEqual(asked, [4, 2])
      assert.equal(connection.versions.find(metadata), 8)
      connection.close()
    })
  })

  test('names the software by the version of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    assert.equal(clientSoftware.clientSoftwareVersion, manifest.version)
  })
})

describe('a connection over TLS', () => {
  const file = (name: string): string => new URL(`certificates/${name}`, import.meta.url).pathname
  const pem = (name: string): string => readFileSync(file(name), 'utf8')

  function tlsFor(settings: Readonly<Record<string, unknown>>): ConnectionOptions['tls'] {
    const given = { bootstrapServers: 'localhost:1', securityProtocol: 'SSL', ...settings }
    return tlsOptions(readClientSettings(clientSettingSpecs, given, [], quietEnvironment.log))
  }

  /** TLS before a broker: what is decrypted goes to it. */
  async function withTls(needsClient: boolean, use: (port: number) => Promise<void>): Promise<void> {
    await withBroker(async ({ client }) => {
      const server = createTlsServer({
        key: pem('server-key.pem'),
        cert: pem('server.pem'),
        ca: pem('ca.pem'),
        requestCert: needsClient,
        rejectUnauthorized: needsClient,
      })
      const relay = (socket: Socket): void => {
        const inner = client.connect()
        inner.on('error', () => undefined)
        socket.pipe(inner).pipe(socket)
      }
      await withServer(server, relay, use)
    })
  }

  const openTls = (port: number, tls: ConnectionOptions['tls']): Promise<Connection> =>
    Connection.open({ host: '127.0.0.1', port }, { ...options, tls }, quietEnvironment)

  test('trusts the authority that it is told to trust', async () => {
    await withTls(false, async (port) => {
      for (const trust of [{ sslTruststoreLocation: file('ca.pem') }, { sslTruststoreCertificates: pem('ca.pem') }]) {
        const connection = await openTls(port, tlsFor(trust))
        assert.equal((await connection.send(metadata, { topics: [] })).brokers.length, 1)
        connection.close()
      }
    })
  })

  test('refuses a broker that nobody vouches for', async () => {
    await withTls(false, async (port) => {
      await assert.rejects(openTls(port, tlsFor({})), { code: 'TLS_FAILED', message: /certificate/ })
    })
  })

  test('shows a certificate of its own', async () => {
    await withTls(true, async (port) => {
      const trust = { sslTruststoreLocation: file('ca.pem') }
      const connection = await openTls(port, tlsFor({ ...trust, sslKeystoreLocation: file('client-keystore.pem') }))
      assert.ok(connection.isOpen)
      connection.close()
      await assert.rejects(openTls(port, tlsFor(trust)), { name: 'AuthenticationError' })
    })
  })

  test('needs PEM files that are there', () => {
    assert.throws(() => tlsFor({ sslTruststoreLocation: '/nowhere.pem' }), /ssl.truststore.location/)
    assert.throws(() => tlsFor({ sslTruststoreLocation: file('../connection.test.ts') }), /not in PEM format/)
    assert.throws(() => tlsFor({ sslEnabledProtocols: ['SSLv3'] }), /ssl.enabled.protocols/)
  })
})

describe('a name with several addresses', () => {
  // Node.js goes on to the next address where nobody listens; where somebody takes the connection, that is the one.
  test('is tried at the next one when the first takes connections and never answers', async () => {
    await withServer(
      createServer(),
      (socket) => socket.resume(),
      async (port) => {
        const broker = await startBroker({
          inMemory: true,
          environment: quietEnvironment,
          settings: { listeners: `PLAINTEXT://127.0.0.2:${port}` },
        })
        const lookup: LookupFunction = (_host, _options, callback) =>
          callback(null, [
            { address: '127.0.0.1', family: 4 },
            { address: '127.0.0.2', family: 4 },
          ])
        const attempt = (failures: number): Promise<Connection> =>
          Connection.open(
            { host: 'kafka.example.org', port },
            { ...options, connectTimeoutMs: 50, lookup: rotatedLookup(failures, lookup) },
            quietEnvironment,
          )
        await assert.rejects(attempt(0), { code: 'CONNECTION_FAILED', message: /did not answer within 50 ms/ })
        const connection = await attempt(1)
        assert.ok(connection.isOpen)
        connection.close()
        await broker.close()
      },
    )
  })

  test('in bootstrap.servers is replaced by the canonical names of its addresses where that is wanted', async () => {
    await withBroker(async ({ broker, client }) => {
      const hosts: string[] = []
      const admin = new Admin(
        {
          ...client,
          bootstrapServers: '127.0.0.1:9092',
          clientDnsLookup: 'resolve_canonical_bootstrap_servers_only',
          connect: (host) => {
            hosts.push(host)
            return broker.connect()
          },
        },
        quietEnvironment,
      )
      await admin.listTopics()
      await admin.close()
      const { hostname } = await dns.lookupService('127.0.0.1', 9_092)
      assert.equal(hosts[0], hostname)
      const lost = new Admin(
        {
          ...client,
          bootstrapServers: 'nowhere.invalid:9092',
          clientDnsLookup: 'resolve_canonical_bootstrap_servers_only',
          defaultApiTimeoutMs: 50,
          requestTimeoutMs: 40,
        },
        quietEnvironment,
      )
      await assert.rejects(lost.listTopics(), /nowhere.invalid:9092 could not be resolved|did not succeed/)
      await lost.close()
    })
  })
})
