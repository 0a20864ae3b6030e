import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { connect as connectTls } from 'node:tls'
import { once } from 'node:events'
import { ErrorCode } from '@streamwright/protocol'
import { describeAcls } from '@streamwright/protocol/messages/describe-acls'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { silentLog } from '@streamwright/std'
import type { Broker } from '../../src/index.ts'
import { startBroker } from '../../src/index.ts'
import { subjectOf } from '../../src/security/distinguished-name.ts'
import { principalMapping } from '../../src/security/principal-mapping.ts'
import { TlsAcceptor } from '../../src/security/tls-acceptor.ts'
import { readListenerSettings } from '../../src/security/listener-settings.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import { ProtocolClient } from '../support/protocol-client.ts'
import { everyAcl } from './secured-broker.ts'
import { sayOnce } from './sasl-client.ts'

const file = (name: string): string => new URL(`certificates/${name}`, import.meta.url).pathname
const pem = (name: string): string => readFileSync(file(name), 'utf8')
const authority = pem('ca.pem')
const own = { 'ssl.keystore.location': file('server.pem') }

/** What `node:test` hands to a test, as far as it is needed here. */
interface Cleanup {
  after(action: () => void | Promise<void>): void
}

async function tlsBroker(context: Cleanup, settings: Readonly<Record<string, unknown>>): Promise<Broker> {
  const environment = fakeEnvironment()
  const all = { listeners: 'SSL://127.0.0.1:0', connectionFailedAuthenticationDelayMs: 0, ...settings }
  const authentication = { plain: { carol: 'secret' } }
  const broker = await startBroker({ inMemory: true, settings: all, authentication, environment })
  context.after(() => broker.close())
  return broker
}

function open(context: Cleanup, broker: Broker, options: ConnectionOptions = {}): ProtocolClient {
  const socket = connectTls({
    host: '127.0.0.1',
    port: broker.port,
    ca: authority,
    servername: 'localhost',
    ...options,
  })
  context.after(() => void socket.destroy())
  return new ProtocolClient(socket)
}

/** Whom the broker takes a client for: super users may see rules. */
async function isSuperUser(client: ProtocolClient): Promise<boolean> {
  return (await client.send(describeAcls, 3, everyAcl)).errorCode === ErrorCode.NONE
}

for (const [name, settings] of Object.entries({
  'a PEM file': own,
  'PEM texts': { 'ssl.keystore.key': pem('server.pem'), 'ssl.keystore.certificate.chain': pem('server.pem') },
  'a PEM file with a password': {
    'ssl.keystore.location': file('server-encrypted.pem'),
    'ssl.key.password': 'keypass',
  },
  'a PKCS12 file': { 'ssl.keystore.location': file('server.p12'), 'ssl.keystore.password': 'storepass' },
  'settings of the listener': { 'listener.name.ssl.ssl.keystore.location': file('server.pem') },
})) {
  test(`a listener speaks TLS with its key in ${name}`, async (context) => {
    const broker = await tlsBroker(context, settings)
    const client = open(context, broker)
    assert.equal((await client.send(metadata, 12, { topics: [] })).brokers[0]?.port, broker.port)
  })
}

test('a client’s certificate says who it is', async (context) => {
  const broker = await tlsBroker(context, {
    ...own,
    'ssl.truststore.location': file('ca.pem'),
    'ssl.client.auth': 'requested',
    'ssl.principal.mapping.rules': 'RULE:^CN=nobody$/x/, RULE:.*CN=(\\w+),.*/$1-of-team/U',
    authorizerClassName: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    superUsers: 'User:ALICE-OF-TEAM',
  })
  assert.equal(await isSuperUser(open(context, broker, { key: pem('alice.pem'), cert: pem('alice.pem') })), true)
  assert.equal(await isSuperUser(open(context, broker)), false)
  const stranger = open(context, broker, { key: pem('stranger.pem'), cert: pem('stranger.pem') })
  await assert.rejects(stranger.send(metadata, 12, { topics: [] }), /closed/)
})

test('where certificates are required, nobody comes in without one, nor by plain text, nor by old versions', async (context) => {
  const broker = await tlsBroker(context, {
    ...own,
    'ssl.truststore.certificates': authority,
    'ssl.client.auth': 'required',
  })
  const asked = (client: ProtocolClient): Promise<unknown> => client.send(metadata, 12, { topics: [] })
  await asked(open(context, broker, { key: pem('alice.pem'), cert: pem('alice.pem') }))
  await assert.rejects(asked(open(context, broker)), /closed/)
  await assert.rejects(asked(open(context, broker, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })), /closed/)
  await assert.rejects(asked(new ProtocolClient(connectTcp(broker.port, '127.0.0.1'))), /closed/)
})

test('a principal that no rule makes is not let in', async (context) => {
  const broker = await tlsBroker(context, {
    ...own,
    'ssl.truststore.location': file('ca.pem'),
    'ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=bob$/bob/',
  })
  const alice = open(context, broker, { key: pem('alice.pem'), cert: pem('alice.pem') })
  await assert.rejects(alice.send(metadata, 12, { topics: [] }), /closed/)
})

test('SASL over TLS: a password, and a certificate only where the listener asks for one itself', async (context) => {
  const broker = await tlsBroker(context, {
    listeners: 'SASL_SSL://127.0.0.1:0,INSIDE://127.0.0.1:0',
    'listener.security.protocol.map': 'INSIDE:SASL_SSL',
    'sasl.enabled.mechanisms': 'PLAIN',
    'ssl.client.auth': 'required',
    'listener.name.inside.ssl.client.auth': 'required',
    ...own,
  })
  assert.equal((await sayOnce(open(context, broker), 'PLAIN', '\0carol\0secret')).errorCode, ErrorCode.NONE)
  const [, inside = ''] = broker.addresses
  const port = Number(inside.split(':')[1])
  await assert.rejects(sayOnce(open(context, broker, { port }), 'PLAIN', '\0carol\0secret'), /closed/)
})

test('a handshake under way is a connection that counts, until it is over', async (context) => {
  const broker = await tlsBroker(context, { ...own, maxConnectionsPerIp: 1 })
  const idle = connectTcp(broker.port, '127.0.0.1')
  await once(idle, 'connect')
  await assert.rejects(open(context, broker).send(metadata, 12, { topics: [] }), /closed/)
  idle.destroy()
  await once(idle, 'close')
  for (;;) {
    const client = open(context, broker)
    // Until the broker has noticed.
    // oxlint-disable-next-line no-await-in-loop
    const served = await client.send(metadata, 12, { topics: [] }).then(
      () => true,
      () => false,
    )
    if (served) break
  }
})

test('certificates are read anew for connections to come', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-tls-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const location = join(folder, 'server.pem')
  copyFileSync(file('server.pem'), location)
  const settings = readListenerSettings({ 'ssl.keystore.location': location }, 'SSL')
  const acceptor = new TlsAcceptor('SSL', settings, silentLog)
  const { createServer } = await import('node:net')
  const server = createServer((socket) =>
    acceptor.accept(socket, ({ socket: secured }) => void secured.on('error', () => {})),
  )
  context.after(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const nameShown = async (): Promise<string> => {
    const socket: TLSSocket = connectTls({ port, host: '127.0.0.1', ca: authority, servername: 'localhost' })
    await once(socket, 'secureConnect')
    const { subject } = socket.getPeerCertificate()
    socket.destroy()
    return String(subject.CN)
  }
  assert.equal(await nameShown(), 'localhost')
  copyFileSync(file('renewed.pem'), location)
  acceptor.reload()
  assert.equal(await nameShown(), 'renewed')
  copyFileSync(file('make.sh'), location)
  assert.throws(() => acceptor.reload(), /not in PEM format/)
  assert.equal(await nameShown(), 'renewed')
})

test('what makes TLS impossible is said at the start, with what to do, and without secrets', async () => {
  const start = (settings: Record<string, unknown>): Promise<unknown> =>
    startBroker({
      inMemory: true,
      settings: { listeners: 'SSL://127.0.0.1:0', ...settings },
      environment: fakeEnvironment(),
    })
  await assert.rejects(start({}), /has no certificate: give ssl\.keystore\.location/)
  await assert.rejects(start({ 'ssl.keystore.location': '/nowhere' }), /Cannot read \/nowhere/)
  await assert.rejects(start({ 'ssl.keystore.location': file('make.sh') }), /keytool -importkeystore/)
  const wrongPassword = { 'ssl.keystore.location': file('server-encrypted.pem'), 'ssl.key.password': 'wrong' }
  await assert.rejects(start(wrongPassword), /cannot be used/)
  await assert.rejects(start({ ...own, 'ssl.client.auth': 'maybe' }), /none, requested, required/)
  await assert.rejects(start({ ...own, 'ssl.enabled.protocols': 'SSLv3' }), /TLSv1\.3/)
})

test('a subject is written as Java writes it', () => {
  const subject = (name: string): string => subjectOf(new X509Certificate(pem(name)).raw)
  assert.equal(subject('server.pem'), 'CN=localhost')
  assert.equal(
    subject('alice.pem'),
    '1.2.840.113549.1.9.1=#1611616c696365406578616d706c652e6f7267,CN=alice,OU=Team+OU=Test,O=Company\\, Inc,C=DE',
  )
  assert.equal(
    subject('odd-subject.pem'),
    'CN=ü x\\ ,2.5.4.12=#0c024472,STREET=s,UID=u1,CN=\\ lead \\#\\=\\<x\\>\\;\\"/DC\\=org',
  )
  assert.throws(() => subjectOf(Buffer.from('no certificate')))
})

test('rules for principals are tried in order, and fit the whole subject', () => {
  const name = (rules: string, subject: string): string | undefined => principalMapping(rules)(subject)
  assert.equal(name('DEFAULT', 'CN=a,O=b'), 'CN=a,O=b')
  assert.equal(name('RULE:^CN=(.*?),.*$/$1/', 'CN=Ab,O=b'), 'Ab')
  assert.equal(name('RULE:CN=(.*?),O=(.*)/$2-$1/U', 'CN=a,O=b'), 'B-A')
  assert.equal(name('RULE:CN=x/x/L, RULE:CN=(.*?),.*/$1/L , DEFAULT', 'CN=Ab,O=b'), 'ab')
  assert.equal(name('RULE:CN=a/x/', 'CN=a,O=b'), undefined)
  for (const rules of ['RULE:CN=(/x/', 'RULE:x', 'NONE', 'DEFAULT DEFAULT']) {
    assert.throws(() => principalMapping(rules), /Invalid ssl\.principal\.mapping\.rules/, rules)
  }
})

/** What a client that connects now is shown. */
async function shownName(context: Cleanup, broker: Broker): Promise<string | undefined> {
  const socket = connectTls({ host: '127.0.0.1', port: broker.port, ca: authority, servername: 'localhost' })
  context.after(() => void socket.destroy())
  await once(socket, 'secureConnect')
  const shown = socket.getPeerX509Certificate()?.subject.replace('CN=', '')
  socket.destroy()
  return shown
}

test('keys are changed while the broker runs: for new connections, and only for what is as good', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-tls-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const location = join(folder, 'server.pem')
  copyFileSync(file('server.pem'), location)
  const broker = await tlsBroker(context, { 'listener.name.ssl.ssl.keystore.location': location })
  const client = open(context, broker)
  const alter = async (changes: Readonly<Record<string, string>>): Promise<string> => {
    const configs = Object.entries(changes).map(([name, value]) => ({ name, value, configOperation: 0 }))
    const resources = [{ resourceType: 4, resourceName: '1', configs }]
    const { responses } = await client.send(incrementalAlterConfigs, 1, { resources })
    return responses[0]?.errorMessage ?? ''
  }
  const prefix = 'listener.name.ssl.ssl.'
  const before = await shownName(context, broker)
  assert.match(
    await alter({ [`${prefix}keystore.location`]: file('renewed.pem') }),
    /SSLFactory failed: org\.apache\.kafka\.common\.config\.ConfigException: Keystore DistinguishedName does not match: {2}existing={alias=kafka, DN=CN=localhost}, new={alias=kafka, DN=CN=renewed} for/,
  )
  assert.match(
    await alter({ [`${prefix}keystore.location`]: '/none.pem' }),
    /Failed to load PEM SSL keystore \/none\.pem/,
  )
  assert.match(await alter({ [`${prefix}keystore.key`]: pem('server.pem') }), /certificate chain is not specified/)
  assert.match(await alter({ [`${prefix}truststore.location`]: file('ca.pem') }), /Cannot add SSL truststore/)
  assert.equal(await shownName(context, broker), before)
  // Another name is all right where it is said that it may change.
  assert.equal(
    await alter({ [`${prefix}allow.dn.changes`]: 'true', [`${prefix}keystore.location`]: file('renewed.pem') }),
    '',
  )
  assert.equal(await shownName(context, broker), 'renewed')
  assert.match(await alter({ [`${prefix}keystore.location`]: file('elsewhere.pem') }), /SubjectAltNames do not match/)
  // The same file, with other content; any change of this broker's configurations makes it look.
  assert.equal(await alter({ [`${prefix}keystore.location`]: location }), '')
  assert.equal(await shownName(context, broker), 'localhost')
  copyFileSync(file('renewed.pem'), location)
  utimesSync(location, 1, 1)
  assert.equal(await alter({ [`${prefix}keystore.location`]: location }), '')
  assert.equal(await shownName(context, broker), 'renewed')
  copyFileSync(file('make.sh'), location)
  utimesSync(location, 2, 2)
  assert.equal(await alter({ [`${prefix}keystore.location`]: location }), '')
  assert.equal(await shownName(context, broker), 'renewed')
  // Nobody who was there before has noticed anything.
  assert.equal((await client.send(metadata, 12, { topics: [] })).brokers.length, 1)
})
