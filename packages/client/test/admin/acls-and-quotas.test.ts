import assert from 'node:assert/strict'
import test from 'node:test'
import type { AclBinding } from '../../src/index.ts'
import { Admin, AdminError } from '../../src/index.ts'
import { withBroker } from '../support/test-broker.ts'

function withAdmin(settings: Record<string, unknown>, run: (admin: Admin) => Promise<void>): Promise<void> {
  return withBroker(async ({ client }) => {
    const admin = new Admin(client)
    try {
      await run(admin)
    } finally {
      await admin.close()
    }
  }, settings)
}

const secured = { authorizerClassName: 'StandardAuthorizer', superUsers: 'User:ANONYMOUS' }
const mayRead: AclBinding = {
  resourceType: 'TOPIC',
  resourceName: 'orders',
  patternType: 'LITERAL',
  principal: 'User:alice',
  host: '*',
  operation: 'READ',
  permissionType: 'ALLOW',
}

test('ACLs are created, described by filter and deleted', () =>
  withAdmin(secured, async (admin) => {
    const prefixed: AclBinding = { ...mayRead, resourceName: 'ord', patternType: 'PREFIXED', operation: 'WRITE' }
    await admin.createAcls([mayRead, prefixed])
    assert.deepEqual(await admin.describeAcls(), [mayRead, prefixed])
    assert.deepEqual(await admin.describeAcls({ resourceName: 'orders' }), [mayRead])
    const matching = { resourceType: 'TOPIC', resourceName: 'orders', patternType: 'MATCH' } as const
    assert.deepEqual(await admin.describeAcls(matching), [mayRead, prefixed])
    assert.deepEqual(await admin.deleteAcls([{ operation: 'WRITE' }, { principal: 'User:bob' }]), [prefixed])
    assert.deepEqual(await admin.describeAcls({ principal: 'User:alice' }), [mayRead])
  }))

test('an ACL that cannot be is a failure that names it, and the others are made', () =>
  withAdmin(secured, async (admin) => {
    const strange: AclBinding = { ...mayRead, resourceType: 'CLUSTER', resourceName: 'other' }
    await assert.rejects(admin.createAcls([strange, mayRead]), (error: unknown) => {
      assert.ok(error instanceof AdminError)
      const [text, failure] = [...error.errors][0] ?? []
      assert.equal(text, 'ALLOW READ CLUSTER LITERAL other for User:alice from *')
      assert.equal(failure?.message, 'The only valid name for the CLUSTER resource is kafka-cluster')
      return true
    })
    assert.deepEqual(await admin.describeAcls(), [mayRead])
  }))

test('without an authorizer, ACLs are a failure', () =>
  withAdmin({}, async (admin) => {
    await assert.rejects(admin.describeAcls(), { code: 'SECURITY_DISABLED' })
    await assert.rejects(admin.createAcls([mayRead]), /No Authorizer is configured/)
    await assert.rejects(admin.deleteAcls([{}]), /No Authorizer is configured/)
  }))

test('quotas are changed, described by filter and removed', () =>
  withAdmin({}, async (admin) => {
    const ofUser = { entity: { user: 'alice' }, quotas: { producer_byte_rate: 1024 } }
    const ofDefault = { entity: { user: 'alice', clientId: null }, quotas: { request_percentage: 12.5 } }
    const ofAddress = { entity: { ip: '10.0.0.1' }, quotas: { connection_creation_rate: 5 } }
    for (const { entity, quotas } of [ofUser, ofDefault, ofAddress]) {
      await admin.alterClientQuotas([{ entity, set: quotas }])
    }
    assert.deepEqual(await admin.describeClientQuotas(), [ofUser, ofDefault, ofAddress])
    assert.deepEqual(await admin.describeClientQuotas({ user: 'alice', strict: true }), [ofUser])
    assert.deepEqual(await admin.describeClientQuotas({ clientId: null }), [ofDefault])
    assert.deepEqual(await admin.describeClientQuotas({ specified: ['ip'] }), [ofAddress])
    await admin.alterClientQuotas([{ entity: { user: 'alice' }, delete: ['producer_byte_rate'] }])
    assert.deepEqual(await admin.describeClientQuotas({ user: 'alice', strict: true }), [])
    const wrong = admin.alterClientQuotas([{ entity: { user: 'alice' }, set: { no_such_rate: 1 } }])
    await assert.rejects(wrong, /Invalid configuration key no_such_rate/)
  }))
