import assert from 'node:assert/strict'
import test from 'node:test'
import { AclOperation, AclPermissionType, PatternType, ResourceType } from '@streamwright/protocol'
import * as fc from 'fast-check'
import type { Acl } from '../../src/security/acl.ts'
import { AclIndex, hostText } from '../../src/security/acl-index.ts'

const { ALLOW, DENY } = AclPermissionType
const impliesDescribe: readonly number[] = [
  AclOperation.READ,
  AclOperation.WRITE,
  AclOperation.DELETE,
  AclOperation.ALTER,
]

/** The rule as it is told, over all ACLs: nothing is prepared, nothing is indexed. */
function mayByHand(acls: readonly Acl[], name: string, principal: string, host: string, operation: number): boolean {
  const about = acls.filter(
    (acl) =>
      acl.resourceType === ResourceType.TOPIC &&
      (acl.patternType === PatternType.PREFIXED
        ? name.startsWith(acl.resourceName)
        : acl.resourceName === name || acl.resourceName === '*') &&
      (acl.principal === principal || acl.principal === 'User:*') &&
      (acl.host === '*' || acl.host === host),
  )
  const isDenied = about.some(
    (acl) => acl.permissionType === DENY && (acl.operation === operation || acl.operation === AclOperation.ALL),
  )
  const isAllowed = about.some((acl) => {
    if (acl.permissionType !== ALLOW) return false
    if (acl.operation === operation || acl.operation === AclOperation.ALL) return true
    if (operation === AclOperation.DESCRIBE) return impliesDescribe.includes(acl.operation)
    return operation === AclOperation.DESCRIBE_CONFIGS && acl.operation === AclOperation.ALTER_CONFIGS
  })
  return isAllowed && !isDenied
}

const names = fc.stringMatching(/^[ab]{1,3}$/)
const principals = fc.constantFrom('User:x', 'User:y', 'User:*', 'Group:x')
const hosts = fc.constantFrom('*', '10.0.0.1', '10.0.0.2')
const acl: fc.Arbitrary<Acl> = fc.record({
  resourceType: fc.constantFrom(ResourceType.TOPIC, ResourceType.TOPIC, ResourceType.GROUP),
  resourceName: fc.oneof({ weight: 4, arbitrary: names }, fc.constant('*')),
  patternType: fc.constantFrom(PatternType.LITERAL, PatternType.PREFIXED),
  principal: principals,
  host: hosts,
  operation: fc.integer({ min: AclOperation.ALL, max: AclOperation.IDEMPOTENT_WRITE }),
  permissionType: fc.constantFrom(ALLOW, ALLOW, DENY),
})

test('the index decides as the rule read out over all ACLs, whatever was added and removed before', () => {
  const property = fc.property(
    fc.array(acl, { maxLength: 12 }),
    fc.infiniteStream(fc.boolean()),
    names,
    fc.constantFrom('User:x', 'User:y', 'Group:x'),
    fc.constantFrom('10.0.0.1', '10.0.0.3'),
    (acls, isRemoved, name, principal, host) => {
      const index = new AclIndex()
      for (const each of acls) index.add(each)
      const left = acls.filter((each) => {
        if (isRemoved.next().value !== true) return true
        index.remove(each)
        return false
      })
      const operations = index.operations(ResourceType.TOPIC, name, principal, `/${host}`)
      for (let operation = AclOperation.READ; operation <= AclOperation.IDEMPOTENT_WRITE; operation++) {
        const may = ((operations ?? 0) & (1 << operation)) !== 0
        assert.equal(may, mayByHand(left, name, principal, host, operation), `operation ${operation}`)
      }
      const isAnyAbout = left.some(
        (each) =>
          each.resourceType === ResourceType.TOPIC &&
          (each.patternType === PatternType.PREFIXED
            ? name.startsWith(each.resourceName)
            : each.resourceName === name || each.resourceName === '*'),
      )
      assert.equal(operations !== undefined, isAnyAbout)
    },
  )
  fc.assert(property, { seed: 848, numRuns: 2000 })
})

test('an address is the same however it is written', () => {
  assert.equal(hostText('0:0:0:0:0:0:0:1'), '/::1')
  assert.equal(hostText('::1'), '/::1')
  assert.equal(hostText('10.0.0.1'), '/10.0.0.1')
  assert.equal(hostText('no:address'), '/no:address')
})
