import assert from 'node:assert/strict'
import test from 'node:test'
import type { Api } from '@streamwright/protocol'
import { ApiKey, loadApi } from '@streamwright/protocol'
import { createAcls } from '@streamwright/protocol/messages/create-acls'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { registry } from '../../src/handlers/registry.ts'
import type { AccessCase, Need } from './access-case.ts'
import { errorsOf, existingTopic } from './access-case.ts'
import { adminAccessCases } from './admin-access-cases.ts'
import { clientAccessCases } from './client-access-cases.ts'
import type { SecuredBroker } from './secured-broker.ts'
import { aclOf, securedBroker } from './secured-broker.ts'

const accessCases = [...clientAccessCases, ...adminAccessCases]

/** APIs that anybody may use. */
const open: ReadonlySet<number> = new Set([
  ApiKey.ApiVersions,
  ApiKey.SaslHandshake,
  ApiKey.SaslAuthenticate,
  ApiKey.CreateDelegationToken,
  ApiKey.RenewDelegationToken,
  ApiKey.ExpireDelegationToken,
  ApiKey.DescribeDelegationToken,
  ApiKey.GetTelemetrySubscriptions,
])

async function withTopic(broker: SecuredBroker): Promise<ReadonlyMap<string, string>> {
  const topics = [{ name: existingTopic, numPartitions: 1, replicationFactor: 1 }]
  await broker.admin.send(createTopics, 7, { topics })
  const { topics: described } = await broker.admin.send(metadata, 12, { topics: [{ name: existingTopic }] })
  return new Map(described.map(({ name, topicId }) => [name ?? '', topicId]))
}

/** The error codes that somebody gets who has these permissions, and no others. */
async function codesWith(
  broker: SecuredBroker,
  { apiKey, version, body }: AccessCase,
  topicIds: ReadonlyMap<string, string>,
  user: string,
  needs: readonly Need[],
): Promise<number[]> {
  const creations = needs.map(({ operation, resourceType, name }) =>
    aclOf({ principal: `User:${user}`, operation, resourceType, resourceName: name }),
  )
  await broker.admin.send(createAcls, 3, { creations })
  const api = (await loadApi(apiKey)) as Api<object, object>
  return errorsOf(await broker.connect(user).send(api, version, body(topicIds)))
}

test('each API answers as Kafka does to who lacks one permission, and to who lacks none', async (context) => {
  const broker = await securedBroker(context)
  const topicIds = await withTopic(broker)
  let users = 0
  for (const each of accessCases) {
    const what = `${registry.get(each.apiKey)?.key ?? 0} v${each.version} ${each.name ?? ''}`
    for (const need of each.needs) {
      const others = each.needs.filter((other) => other !== need)
      const codes = await codesWith(broker, each, topicIds, `user-${users++}`, others)
      assert.deepEqual(codes, need.missing, `${what} without ${need.operation} on ${need.resourceType}:${need.name}`)
    }
    const codes = await codesWith(broker, each, topicIds, `user-${users++}`, each.needs)
    assert.deepEqual(codes, each.allowed ?? [], what)
  }
})

test('no API is forgotten', () => {
  const covered = new Set(accessCases.map(({ apiKey }) => apiKey))
  const forgotten = [...registry.keys()].filter((key) => !covered.has(key) && !open.has(key))
  assert.deepEqual(forgotten, [], 'APIs that have no case of what they need, and are not said to be open to everybody')
})
