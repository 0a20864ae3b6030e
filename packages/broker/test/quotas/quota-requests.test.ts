import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { alterClientQuotas } from '@streamwright/protocol/messages/alter-client-quotas'
import { describeClientQuotas } from '@streamwright/protocol/messages/describe-client-quotas'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { setQuotas } from './set-quotas.ts'

/** Entities with their quotas, as text. */
async function described(
  client: ProtocolClient,
  components: readonly {
    readonly entityType: string
    readonly matchType: number
    readonly match: string | null
  }[] = [],
  strict = false,
): Promise<string[]> {
  const { errorCode, entries } = await client.send(describeClientQuotas, 1, { components, strict })
  assert.equal(errorCode, ErrorCode.NONE)
  return (entries ?? [])
    .map(({ entity, values }) => {
      const names = entity.map(({ entityType, entityName }) => `${entityType}=${entityName}`).toSorted()
      return `${names.join(' ')}: ${values.map(({ key, value }) => `${key}=${value}`).join(' ')}`
    })
    .toSorted()
}

test('quotas are set, found by what they are for, removed, and there after a restart', async (context) => {
  const place = { dataDirectory: '/quotas', storage: new MemoryStorage() }
  const { broker, client } = await testBroker(context, place)
  await setQuotas(client, { user: 'a' }, { producer_byte_rate: 1000 })
  await setQuotas(client, { user: 'a', 'client-id': null }, { consumer_byte_rate: 2000, request_percentage: 50.5 })
  await setQuotas(client, { user: null }, { controller_mutation_rate: 1.5 })
  await setQuotas(client, { ip: '10.0.0.1' }, { connection_creation_rate: 3 })
  await setQuotas(client, { 'client-id': 'c' }, { producer_byte_rate: 5 })
  assert.deepEqual(await described(client, [{ entityType: 'user', matchType: 0, match: 'a' }]), [
    'client-id=null user=a: consumer_byte_rate=2000 request_percentage=50.5',
    'user=a: producer_byte_rate=1000',
  ])
  assert.deepEqual(await described(client, [{ entityType: 'user', matchType: 0, match: 'a' }], true), [
    'user=a: producer_byte_rate=1000',
  ])
  assert.deepEqual(await described(client, [{ entityType: 'user', matchType: 1, match: null }]), [
    'user=null: controller_mutation_rate=1.5',
  ])
  assert.deepEqual(await described(client, [{ entityType: 'client-id', matchType: 2, match: null }], true), [
    'client-id=c: producer_byte_rate=5',
  ])
  await setQuotas(client, { 'client-id': 'c' }, { producer_byte_rate: undefined })
  const before = await described(client)
  assert.equal(before.length, 4)
  await broker.close()
  const again = await testBroker(context, place)
  assert.deepEqual(await described(again.client), before)
})

test('what cannot be a quota is refused in Kafka’s words', async (context) => {
  const { client } = await testBroker(context)
  const cases: readonly (readonly [readonly (readonly [string, string | null])[], string, number, string])[] = [
    [[], 'producer_byte_rate', 1, 'Invalid empty client quota entity'],
    [[['user', '']], 'producer_byte_rate', 1, 'Empty user not supported'],
    [[['planet', 'x']], 'producer_byte_rate', 1, 'Unhandled client quota entity type: planet'],
    [
      [
        ['user', 'a'],
        ['ip', '10.0.0.1'],
      ],
      'producer_byte_rate',
      1,
      'Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId',
    ],
    [[['ip', 'not..an..ip']], 'connection_creation_rate', 1, 'not..an..ip is not a valid IP or resolvable host.'],
    [[['ip', '10.0.0.1']], 'producer_byte_rate', 1, 'Invalid configuration key producer_byte_rate'],
    [[['user', 'a']], 'connection_creation_rate', 1, 'Invalid configuration key connection_creation_rate'],
    [[['user', 'a']], 'producer_byte_rate', 0, 'Quota producer_byte_rate must be greater than 0'],
    [[['user', 'a']], 'consumer_byte_rate', 10.5, 'consumer_byte_rate cannot be a fractional value.'],
    [
      [['ip', '10.0.0.1']],
      'connection_creation_rate',
      3e9,
      'Proposed value for connection_creation_rate is too large for an INT.',
    ],
  ]
  for (const [parts, key, value, message] of cases) {
    const entity = parts.map(([entityType, entityName]) => ({ entityType, entityName }))
    const { entries } = await client.send(alterClientQuotas, 1, { entries: [{ entity, ops: [{ key, value }] }] })
    assert.deepEqual([entries[0]?.errorCode, entries[0]?.errorMessage], [ErrorCode.INVALID_REQUEST, message])
  }
  assert.deepEqual(await described(client), [])
})

test('validateOnly changes nothing', async (context) => {
  const { client } = await testBroker(context)
  const entity = [{ entityType: 'user', entityName: 'a' }]
  const entries = [{ entity, ops: [{ key: 'producer_byte_rate', value: 5 }] }]
  const answer = await client.send(alterClientQuotas, 1, { entries, validateOnly: true })
  assert.equal(answer.entries[0]?.errorCode, ErrorCode.NONE)
  assert.deepEqual(await described(client), [])
})

test('a filter that cannot be is refused', async (context) => {
  const { client } = await testBroker(context)
  const codes = async (...components: readonly (readonly [string, number, string | null])[]): Promise<number> =>
    (
      await client.send(describeClientQuotas, 1, {
        components: components.map(([entityType, matchType, match]) => ({ entityType, matchType, match })),
      })
    ).errorCode
  assert.equal(await codes(['planet', 0, 'x']), ErrorCode.UNSUPPORTED_VERSION)
  assert.equal(await codes(['', 0, 'x']), ErrorCode.INVALID_REQUEST)
  assert.equal(await codes(['user', 0, null]), ErrorCode.INVALID_REQUEST)
  assert.equal(await codes(['user', 1, 'x']), ErrorCode.INVALID_REQUEST)
  assert.equal(await codes(['user', 3, null]), ErrorCode.INVALID_REQUEST)
  assert.equal(await codes(['user', 2, null], ['user', 2, null]), ErrorCode.INVALID_REQUEST)
  assert.equal(await codes(['user', 2, null], ['ip', 2, null]), ErrorCode.INVALID_REQUEST)
})

/** A test of @platformatic/kafka compares the answer with what Kafka says: the parts in the order of its map. */
test('the parts of an entity are answered in one order, and are one entity in any', async (context) => {
  const { client } = await testBroker(context)
  const user = { entityType: 'user', entityName: 'a' }
  const clientId = { entityType: 'client-id', entityName: 'c' }
  const ops = [{ key: 'producer_byte_rate', value: 1, remove: false }]
  const { entries } = await client.send(alterClientQuotas, 1, {
    entries: [
      { entity: [user, clientId], ops },
      { entity: [clientId, user], ops },
    ],
    validateOnly: false,
  })
  assert.deepEqual(
    entries.map(({ entity, errorCode, errorMessage }) => [
      entity.map((part) => part.entityType),
      errorCode,
      errorMessage,
    ]),
    [
      [
        ['client-id', 'user'],
        ErrorCode.INVALID_REQUEST,
        'Ignoring duplicate entity ClientQuotaEntity(entries={client-id=c, user=a})',
      ],
    ],
  )
  await setQuotas(client, { user: 'a', 'client-id': 'c' }, { producer_byte_rate: 1 })
  const found = await client.send(describeClientQuotas, 1, { components: [], strict: false })
  assert.deepEqual(
    found.entries?.map(({ entity }) => entity.map((part) => part.entityType)),
    [['client-id', 'user']],
  )
})

/** Another test of @platformatic/kafka: the order of a Java hash map with four places, and of one with eight. */
test('the quotas of an entity are told in the order in which Kafka has them', async (context) => {
  const { client } = await testBroker(context)
  const told = async (): Promise<string[] | undefined> => {
    const { entries } = await client.send(describeClientQuotas, 1, { components: [], strict: false })
    return entries?.[0]?.values.map(({ key }) => key)
  }
  await setQuotas(client, { user: 'a' }, { producer_byte_rate: 1, consumer_byte_rate: 1, request_percentage: 1 })
  assert.deepEqual(await told(), ['consumer_byte_rate', 'request_percentage', 'producer_byte_rate'])
  await setQuotas(client, { user: 'a' }, { controller_mutation_rate: 1 })
  assert.deepEqual(await told(), [
    'producer_byte_rate',
    'consumer_byte_rate',
    'controller_mutation_rate',
    'request_percentage',
  ])
})
