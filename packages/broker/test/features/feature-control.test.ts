import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { updateFeatures } from '@streamwright/protocol/messages/update-features'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

interface Features {
  readonly epoch: bigint
  readonly levels: Readonly<Record<string, number>>
  readonly supported: Readonly<Record<string, readonly [number, number]>>
}

async function featuresOf(client: ProtocolClient, version = 4): Promise<Features> {
  const answer = await client.send(apiVersions, version, { clientSoftwareName: 'x', clientSoftwareVersion: '1' })
  return {
    epoch: answer.finalizedFeaturesEpoch,
    levels: Object.fromEntries(answer.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel])),
    supported: Object.fromEntries(
      answer.supportedFeatures.map(({ name, minVersion, maxVersion }) => [name, [minVersion, maxVersion]]),
    ),
  }
}

async function update(
  client: ProtocolClient,
  feature: string,
  level: number,
  upgradeType: number,
  validateOnly = false,
) {
  const featureUpdates = [{ feature, maxVersionLevel: level, upgradeType }]
  const { errorCode, errorMessage } = await client.send(updateFeatures, 2, { featureUpdates, validateOnly })
  return errorCode === ErrorCode.NONE ? 'done' : (errorMessage ?? '').replace(/^The update failed for .* error: /, '')
}

const [upgrade, safeDowngrade, unsafeDowngrade] = [1, 2, 3]

test('a new broker has the features of a new cluster of Apache Kafka 4.3', async (context) => {
  const { client } = await testBroker(context)
  const { levels, supported } = await featuresOf(client)
  assert.deepEqual(levels, {
    'metadata.version': 30,
    'transaction.version': 2,
    'group.version': 1,
    'eligible.leader.replicas.version': 1,
    'share.version': 1,
    'streams.version': 1,
  })
  assert.deepEqual(supported, {
    'metadata.version': [7, 30],
    'kraft.version': [0, 1],
    'transaction.version': [0, 2],
    'group.version': [0, 1],
    'eligible.leader.replicas.version': [0, 1],
    'share.version': [0, 1],
    'streams.version': [0, 1],
  })
  assert.deepEqual((await featuresOf(client, 3)).supported, { 'metadata.version': [7, 30] })
})

test('a level that changes is in force at once, makes the epoch grow, and is there after a restart', async (context) => {
  const storage = new MemoryStorage()
  const place = { dataDirectory: '/data', storage }
  const { client, broker } = await testBroker(context, place)
  const before = await featuresOf(client)
  assert.equal(await update(client, 'transaction.version', 0, safeDowngrade, true), 'done')
  assert.deepEqual(await featuresOf(client), before, 'only validated')
  assert.equal(await update(client, 'transaction.version', 0, safeDowngrade), 'done')
  assert.equal(await update(client, 'kraft.version', 1, upgrade), 'done')
  const after = await featuresOf(client)
  assert.deepEqual([after.levels['transaction.version'], after.levels['kraft.version']], [undefined, 1])
  assert.ok(after.epoch > before.epoch)
  await broker.close()
  const again = await testBroker(context, place)
  assert.deepEqual(await featuresOf(again.client), after)
})

test('updates are refused in the words of Apache Kafka', async (context) => {
  const { client } = await testBroker(context)
  const invalid = (level: number, feature: string, why: string): string =>
    `Invalid update version ${level} for feature ${feature}. ${why}`
  const cases: readonly (readonly [string, number, number, string])[] = [
    ['group.version', 1, upgrade, 'done'],
    ['group.version', 0, unsafeDowngrade, 'done'],
    ['no.such', 0, upgrade, invalid(0, 'no.such', 'Feature no.such not found.')],
    ['no.such', 1, upgrade, invalid(1, 'no.such', 'Local controller 1 does not support this feature.')],
    ['share.version', 2, upgrade, invalid(2, 'share.version', 'Local controller 1 only supports versions 0-1')],
    ['share.version', -1, upgrade, invalid(-1, 'share.version', 'A feature version cannot be less than 0.')],
    ['share.version', 0, 9, invalid(0, 'share.version', 'The controller does not support the given upgrade type.')],
    [
      'share.version',
      0,
      upgrade,
      invalid(
        0,
        'share.version',
        "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
      ),
    ],
    ['group.version', 1, safeDowngrade, invalid(1, 'group.version', "Can't downgrade to a newer version.")],
    [
      'metadata.version',
      29,
      safeDowngrade,
      'Unsupported metadata.version downgrade from 30 to 29. Refusing to perform the requested downgrade because it might delete metadata information.',
    ],
    [
      'metadata.version',
      20,
      unsafeDowngrade,
      'Unsupported metadata.version downgrade from 30 to 20. Unsafe metadata downgrade is not supported in this version.',
    ],
    ['kraft.version', 1, upgrade, 'done'],
    ['kraft.version', 0, safeDowngrade, invalid(0, 'kraft.version', "Can't downgrade the version of this feature.")],
  ]
  for (const [feature, level, type, expected] of cases) {
    // Some cases are about what the one before has left.
    // oxlint-disable-next-line no-await-in-loop
    assert.equal(await update(client, feature, level, type), expected)
  }
})
