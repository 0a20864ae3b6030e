import assert from 'node:assert/strict'
import test from 'node:test'
import { AclOperation, AclPermissionType, ErrorCode, PatternType, ResourceType } from '@streamwright/protocol'
import { createAcls } from '@streamwright/protocol/messages/create-acls'
import { deleteAcls } from '@streamwright/protocol/messages/delete-acls'
import { describeAcls } from '@streamwright/protocol/messages/describe-acls'
import { startBroker } from '../../src/index.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { aclOf, everyAcl, securedBroker } from './secured-broker.ts'

async function listed(client: ProtocolClient, filter: object = {}): Promise<string[]> {
  const { errorCode, resources } = await client.send(describeAcls, 3, { ...everyAcl, ...filter })
  assert.equal(errorCode, ErrorCode.NONE)
  return resources.flatMap(({ resourceType, resourceName, patternType, acls }) =>
    acls.map(({ principal, host, operation, permissionType }) =>
      [resourceType, patternType, resourceName, principal, host, operation, permissionType].join(' '),
    ),
  )
}

test('without an authorizer, requests about ACLs say so', async (context) => {
  const { client } = await testBroker(context)
  const errorMessage = 'No Authorizer is configured on the broker'
  const described = await client.send(describeAcls, 3, everyAcl)
  assert.deepEqual([described.errorCode, described.errorMessage], [ErrorCode.SECURITY_DISABLED, errorMessage])
  const created = await client.send(createAcls, 3, { creations: [aclOf({}), aclOf({})] })
  assert.deepEqual(
    created.results.map((result) => [result.errorCode, result.errorMessage]),
    [1, 2].map(() => [ErrorCode.SECURITY_DISABLED, 'No Authorizer is configured.']),
  )
  const deleted = await client.send(deleteAcls, 3, { filters: [everyAcl] })
  assert.equal(deleted.filterResults[0]?.errorCode, ErrorCode.SECURITY_DISABLED)
})

test('ACLs are created once, described by filter, and deleted with an answer that names them', async (context) => {
  const { admin } = await securedBroker(context)
  const creations = [
    aclOf({ resourceName: 'orders' }),
    aclOf({ resourceName: 'orders' }),
    aclOf({ resourceName: 'ord', resourcePatternType: PatternType.PREFIXED }),
    aclOf({ resourceName: '*', operation: AclOperation.WRITE }),
    aclOf({ resourceType: ResourceType.GROUP, resourceName: 'orders' }),
  ]
  const { results } = await admin.send(createAcls, 3, { creations })
  assert.deepEqual(
    results.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    creations.map(() => [ErrorCode.NONE, '']),
  )
  const topic = { resourceTypeFilter: ResourceType.TOPIC }
  assert.equal((await listed(admin)).length, 4)
  assert.deepEqual(await listed(admin, { ...topic, resourceNameFilter: 'orders' }), ['2 3 orders User:a * 3 3'])
  const matching = { ...topic, resourceNameFilter: 'orders', patternTypeFilter: PatternType.MATCH }
  assert.deepEqual((await listed(admin, matching)).toSorted(), [
    '2 3 * User:a * 4 3',
    '2 3 orders User:a * 3 3',
    '2 4 ord User:a * 3 3',
  ])
  assert.deepEqual(await listed(admin, { principalFilter: 'User:b' }), [])
  assert.equal((await listed(admin, { operation: AclOperation.WRITE })).length, 1)
  const { filterResults } = await admin.send(deleteAcls, 3, {
    filters: [
      { ...everyAcl, ...matching },
      { ...everyAcl, hostFilter: '10.0.0.1' },
    ],
  })
  assert.deepEqual(
    filterResults.map(({ errorCode, matchingAcls }) => [errorCode, matchingAcls.length]),
    [
      [ErrorCode.NONE, 3],
      [ErrorCode.NONE, 0],
    ],
  )
  assert.deepEqual(await listed(admin), ['3 3 orders User:a * 3 3'])
})

test('what cannot be a rule is refused in Kafka’s words, and the others are made', async (context) => {
  const { admin } = await securedBroker(context)
  const cases: readonly (readonly [Parameters<typeof aclOf>[0], string])[] = [
    [{ resourceType: ResourceType.CLUSTER }, 'The only valid name for the CLUSTER resource is kafka-cluster'],
    [{ resourceName: '' }, 'Invalid empty resource name'],
    [{ operation: 99 }, 'Invalid operation UNKNOWN'],
    [{}, ''],
  ]
  const { results } = await admin.send(createAcls, 3, { creations: cases.map(([acl]) => aclOf(acl)) })
  assert.deepEqual(
    results.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    cases.map(([, message]) => [message === '' ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST, message]),
  )
  assert.equal((await listed(admin)).length, 1)
})

test('a number that nobody knows closes the connection, as in Kafka', async (context) => {
  const { connect } = await securedBroker(context)
  const rejected = /closed the connection/
  await assert.rejects(connect('admin').send(describeAcls, 3, { ...everyAcl, operation: 0 }), rejected)
  await assert.rejects(connect('admin').send(createAcls, 3, { creations: [aclOf({ resourceType: 0 })] }), rejected)
  const filters = [{ ...everyAcl, permissionType: 0 }]
  await assert.rejects(connect('admin').send(deleteAcls, 3, { filters }), rejected)
})

test('ACLs may be seen with DESCRIBE on the cluster, and changed with ALTER', async (context) => {
  const { admin, connect } = await securedBroker(context)
  const user = connect('a')
  const refused = ErrorCode.CLUSTER_AUTHORIZATION_FAILED
  assert.equal((await user.send(describeAcls, 3, everyAcl)).errorCode, refused)
  assert.equal((await user.send(createAcls, 3, { creations: [aclOf({})] })).results[0]?.errorCode, refused)
  assert.equal((await user.send(deleteAcls, 3, { filters: [everyAcl] })).filterResults[0]?.errorCode, refused)
  const cluster = { resourceType: ResourceType.CLUSTER, resourceName: 'kafka-cluster' }
  await admin.send(createAcls, 3, { creations: [aclOf({ ...cluster, operation: AclOperation.DESCRIBE })] })
  assert.equal((await user.send(describeAcls, 3, everyAcl)).errorCode, ErrorCode.NONE)
  assert.equal((await user.send(createAcls, 3, { creations: [aclOf({})] })).results[0]?.errorCode, refused)
  await admin.send(createAcls, 3, { creations: [aclOf({ ...cluster, operation: AclOperation.ALTER })] })
  assert.equal((await user.send(createAcls, 3, { creations: [aclOf({})] })).results[0]?.errorCode, ErrorCode.NONE)
})

test('ACLs are there after a restart, those deleted are not', async (context) => {
  const place = { dataDirectory: '/acls', storage: new MemoryStorage() }
  const first = await securedBroker(context, place)
  const deny = { operation: AclOperation.ALL, permissionType: AclPermissionType.DENY }
  await first.admin.send(createAcls, 3, { creations: [aclOf({ resourceName: 'kept' }), aclOf(deny)] })
  await first.admin.send(deleteAcls, 3, { filters: [{ ...everyAcl, permissionType: AclPermissionType.DENY }] })
  await first.broker.close()
  const second = await securedBroker(context, place)
  assert.deepEqual(await listed(second.admin), ['2 3 kept User:a * 3 3'])
})

test('super users that are no principals, and authorizers that are not Kafka’s, are refused at start', async () => {
  const standard = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'
  const start = (settings: object): Promise<unknown> =>
    startBroker({ inMemory: true, listen: false, settings: { ...settings } })
  await assert.rejects(start({ authorizerClassName: standard, superUsers: 'User:a;bob' }), /not as bob/)
  await assert.rejects(start({ authorizerClassName: 'my.own.Authorizer' }), /authorizer\.class\.name/)
})
