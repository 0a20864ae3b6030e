import assert from 'node:assert/strict'
import type { Api } from '@streamwright/protocol'
import { createAcls } from '@streamwright/protocol/messages/create-acls'
import { deleteAcls } from '@streamwright/protocol/messages/delete-acls'
import { describeAcls } from '@streamwright/protocol/messages/describe-acls'
import { aclOf, everyAcl } from '../../../packages/broker/test/security/secured-broker.ts'
import type { PreparedBroker } from './comparison.ts'
import { note } from './comparison.ts'

/** One request of the super user. */
interface Step {
  readonly what: string
  ask(broker: PreparedBroker): Promise<unknown>
}

function step<Request>(what: string, api: Api<Request, unknown>, body: object): Step {
  return { what, ask: (broker) => broker.askAsAdmin(api, 3, body) }
}

const own = { ...everyAcl, principalFilter: 'User:script' }

function created(changes: Parameters<typeof aclOf>[0]): object {
  return { creations: [aclOf({ principal: 'User:script', ...changes })] }
}

const steps: readonly Step[] = [
  step('create', createAcls, created({ resourceName: 'orders' })),
  step('create again', createAcls, created({ resourceName: 'orders' })),
  step('create with a prefix', createAcls, created({ resourceName: 'ord', resourcePatternType: 4 })),
  step('create for all', createAcls, created({ resourceName: '*', operation: 4 })),
  step('create for a host', createAcls, created({ resourceName: 'orders', host: '10.0.0.1', permissionType: 2 })),
  step('create without a name', createAcls, created({ resourceName: '' })),
  step('create for a strange cluster', createAcls, created({ resourceType: 4, resourceName: 'other' })),
  ...([0, 1, 99] as const).map((resourceType) =>
    step(`create for resource type ${resourceType}`, createAcls, created({ resourceType })),
  ),
  ...([0, 1, 2, 99] as const).map((resourcePatternType) =>
    step(`create for pattern type ${resourcePatternType}`, createAcls, created({ resourcePatternType })),
  ),
  ...([0, 1, 99] as const).map((operation) =>
    step(`create for operation ${operation}`, createAcls, created({ operation })),
  ),
  ...([0, 1, 99] as const).map((permissionType) =>
    step(`create for permission ${permissionType}`, createAcls, created({ permissionType })),
  ),
  step('create for what is no principal', createAcls, created({ principal: 'script' })),
  step('create for nobody', createAcls, created({ principal: '' })),
  step('create for a group principal', createAcls, created({ principal: 'Group:script' })),
  step('describe all', describeAcls, own),
  step('describe by literal name', describeAcls, { ...own, resourceNameFilter: 'orders', patternTypeFilter: 3 }),
  step('describe by prefix', describeAcls, { ...own, resourceNameFilter: 'ord', patternTypeFilter: 4 }),
  step('describe what matches', describeAcls, { ...own, resourceNameFilter: 'orders', patternTypeFilter: 2 }),
  step('describe what matches by name alone', describeAcls, { ...own, resourceNameFilter: 'orders' }),
  step('describe by operation', describeAcls, { ...own, operation: 4 }),
  step('describe by host', describeAcls, { ...own, hostFilter: '10.0.0.1' }),
  step('describe denials', describeAcls, { ...own, permissionType: 2 }),
  ...(['resourceTypeFilter', 'patternTypeFilter', 'operation', 'permissionType'] as const).flatMap((name) =>
    [0, 99].map((value) => step(`describe by ${name} ${value}`, describeAcls, { ...own, [name]: value })),
  ),
  ...(['resourceTypeFilter', 'patternTypeFilter', 'operation', 'permissionType'] as const).flatMap((name) =>
    [0, 99].map((value) => step(`delete by ${name} ${value}`, deleteAcls, { filters: [{ ...own, [name]: value }] })),
  ),
  step('delete by two filters', deleteAcls, {
    filters: [
      { ...own, hostFilter: '10.0.0.1' },
      { ...own, resourceNameFilter: 'nothing' },
    ],
  }),
  step('delete what is gone', deleteAcls, { filters: [{ ...own, hostFilter: '10.0.0.1' }] }),
  step('delete by overlapping filters', deleteAcls, { filters: [own, own] }),
  step('describe nothing', describeAcls, own),
]

/** The same script of the super user, on both; every answer is compared, and all that differ are named. */
export async function aclRequestsAnswerAlike(ours: PreparedBroker, kafka: PreparedBroker): Promise<void> {
  const differences: string[] = []
  for (const each of steps) note(differences, each.what, await each.ask(ours), await each.ask(kafka))
  assert.equal(differences.length, 0, differences.join('\n'))
}
