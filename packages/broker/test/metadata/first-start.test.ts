import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { describeUserScramCredentials } from '@streamwright/protocol/messages/describe-user-scram-credentials'
import { saltedPassword, scramDigest, scramKeys } from '@streamwright/protocol/sasl'
import { present } from '@streamwright/std'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { decodeBootstrap, encodeBootstrap, encodeQuorum } from '../../src/metadata/bootstrap-checkpoint.ts'
import { bootstrapFile, quorumFile } from '../../src/metadata/bootstrap-files.ts'
import { startBroker } from '../../src/index.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import { testBroker } from '../support/test-broker.ts'

const fromJava = (name: string): Buffer => readFileSync(new URL(`java-formatted/${name}`, import.meta.url))

function directoryWith(bootstrap: Buffer, quorum?: Buffer): MemoryStorage {
  const storage = new MemoryStorage()
  storage.makeDirectory('/data')
  storage.writeFile(`/data/${bootstrapFile}`, bootstrap)
  if (quorum === undefined) return storage
  storage.makeDirectory('/data/__cluster_metadata-0')
  storage.writeFile(`/data/${quorumFile}`, quorum)
  return storage
}

async function finalizedFeatures(context: Parameters<typeof testBroker>[0], storage: MemoryStorage) {
  const { client, broker } = await testBroker(context, { dataDirectory: '/data', storage })
  const body = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }
  const { finalizedFeatures: found } = await client.send(apiVersions, 4, body)
  const levels = Object.fromEntries(found.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]))
  return { client, broker, levels }
}

test('a directory that Java’s kafka-storage has formatted: levels of features, users, and the same after a restart', async (context) => {
  const storage = directoryWith(fromJava('bootstrap.checkpoint'), fromJava('quorum.checkpoint'))
  const expected = {
    'metadata.version': 30,
    'kraft.version': 1,
    'transaction.version': 1,
    'group.version': 1,
    'eligible.leader.replicas.version': 1,
    'streams.version': 1,
  }
  const { client, broker, levels } = await finalizedFeatures(context, storage)
  assert.deepEqual(levels, expected)
  const { results } = await client.send(describeUserScramCredentials, 0, { users: null })
  assert.deepEqual(
    results.map(({ user, credentialInfos }) => [
      user,
      credentialInfos.map(({ mechanism, iterations }) => [mechanism, iterations]),
    ]),
    [['alice', [[1, 4096]]]],
  )
  await broker.close()
  assert.deepEqual((await finalizedFeatures(context, storage)).levels, expected)
})

test('the keys of a user are those of the password', async () => {
  const [credential] = decodeBootstrap(fromJava('bootstrap.checkpoint')).scramCredentials
  const { salt, iterations, storedKey } = present(credential, 'Java has written one')
  const digest = present(scramDigest('SCRAM-SHA-256'), 'SCRAM-SHA-256 is known')
  const salted = await saltedPassword(digest, 'secret', Buffer.from(salt, 'base64'), iterations)
  assert.equal(scramKeys(digest, salted).storedKey.toString('base64'), storedKey)
})

test('what is written is what Java writes, but for times and checksums', () => {
  const timeless = (content: Buffer): string => content.toString('hex').replaceAll(/000001a[0-9a-f]{9}/g, '')
  const java = fromJava('bootstrap.checkpoint')
  const ours = encodeBootstrap(decodeBootstrap(java), 0x1a1_fe84_38df)
  const [javaText, ourText] = [timeless(java), timeless(ours)].map((text) => text.split(''))
  assert.equal(ours.length, java.length)
  const differing = javaText?.filter((digit, index) => digit !== ourText?.[index]).length ?? 0
  // Three batches with a checksum of eight digits each.
  assert.ok(differing <= 24, `${differing} digits differ`)
  assert.deepEqual(decodeBootstrap(ours), decodeBootstrap(java))
})

test('features that were switched off stay off; without eligible leaders nothing is set for all brokers', async (context) => {
  const bootstrap = { features: new Map([['metadata.version', 21]]), scramCredentials: [] }
  const storage = directoryWith(encodeBootstrap(bootstrap, 0), encodeQuorum(0, [], 0))
  const { client, levels } = await finalizedFeatures(context, storage)
  assert.deepEqual(levels, { 'metadata.version': 21 })
  const { results } = await client.send(describeConfigs, 4, { resources: [{ resourceType: 4, resourceName: '' }] })
  assert.deepEqual(results[0]?.configs, [])
})

test('a damaged file is refused, with what to do', async () => {
  const content = fromJava('bootstrap.checkpoint')
  content[100] = (content[100] ?? 0) ^ 1
  const start = startBroker({
    listen: false,
    dataDirectory: '/data',
    storage: directoryWith(content),
    environment: fakeEnvironment(),
  })
  await assert.rejects(start, /bootstrap\.checkpoint cannot be read .*: format the directory anew/)
})
