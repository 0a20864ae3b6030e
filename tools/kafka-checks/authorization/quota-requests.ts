import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { alterClientQuotas } from '@streamwright/protocol/messages/alter-client-quotas'
import { describeClientQuotas } from '@streamwright/protocol/messages/describe-client-quotas'
import type { PreparedBroker } from './comparison.ts'
import { note } from './comparison.ts'

/** One request of the super user. */
interface Step {
  readonly what: string
  ask(broker: PreparedBroker): Promise<unknown>
}

type Part = readonly [type: string, name: string | null]
type Match = readonly [type: string, matchType: number, match: string | null]

function alter(what: string, parts: readonly Part[], values: Readonly<Record<string, number | null>>): Step {
  const entity = parts.map(([entityType, entityName]) => ({ entityType, entityName }))
  const ops = Object.entries(values).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null }))
  const body = { entries: [{ entity, ops }] }
  return { what, ask: (broker) => broker.askAsAdmin(alterClientQuotas, 1, body) }
}

function describe(what: string, matches: readonly Match[], strict = false): Step {
  const components = matches.map(([entityType, matchType, match]) => ({ entityType, matchType, match }))
  return { what, ask: (broker) => broker.askAsAdmin(describeClientQuotas, 1, { components, strict }) }
}

const twice = { entity: [{ entityType: 'user', entityName: 'a' }], ops: [{ key: 'producer_byte_rate', value: 7 }] }

const steps: readonly Step[] = [
  alter('a user', [['user', 'a']], { producer_byte_rate: 1000, request_percentage: 12.5 }),
  alter(
    'a user with a client',
    [
      ['user', 'a'],
      ['client-id', 'c'],
    ],
    { consumer_byte_rate: 2000 },
  ),
  alter(
    'all clients of a user',
    [
      ['user', 'a'],
      ['client-id', null],
    ],
    { controller_mutation_rate: 0.5 },
  ),
  alter('all users', [['user', null]], { producer_byte_rate: 5 }),
  alter('an address', [['ip', '127.0.0.1']], { connection_creation_rate: 1000 }),
  alter('all addresses', [['ip', null]], { connection_creation_rate: 1000 }),
  alter('nobody', [], { producer_byte_rate: 5 }),
  alter('an empty name', [['user', '']], { producer_byte_rate: 5 }),
  alter('a strange type', [['planet', 'x']], { producer_byte_rate: 5 }),
  alter(
    'an address with a user',
    [
      ['ip', '127.0.0.1'],
      ['user', 'a'],
    ],
    { producer_byte_rate: 5 },
  ),
  alter('what is no address', [['ip', 'not..an..ip']], { connection_creation_rate: 5 }),
  alter('a quota of users for an address', [['ip', '127.0.0.1']], { producer_byte_rate: 5 }),
  alter('a quota of addresses for a user', [['user', 'a']], { connection_creation_rate: 5 }),
  alter('nothing', [['user', 'a']], { producer_byte_rate: 0 }),
  alter('less than nothing', [['user', 'a']], { request_percentage: -1 }),
  alter('a fraction', [['user', 'a']], { producer_byte_rate: 0.5 }),
  alter('too many connections', [['ip', '127.0.0.1']], { connection_creation_rate: 3e9 }),
  alter('too many bytes', [['user', 'a']], { producer_byte_rate: 1e20 }),
  alter('what is not there, removed', [['user', 'a']], { consumer_byte_rate: null }),
  alter('what cannot be there, removed', [['user', 'a']], { no_such_rate: null }),
  { what: 'twice', ask: (broker) => broker.askAsAdmin(alterClientQuotas, 1, { entries: [twice, twice] }) },
  describe('all', []),
  describe('all, strictly', [], true),
  describe('of a user', [['user', 0, 'a']]),
  describe('of a user alone', [['user', 0, 'a']], true),
  describe('of all users', [['user', 1, null]]),
  describe('of whatever user', [['user', 2, null]]),
  describe(
    'of a user with whatever client',
    [
      ['user', 0, 'a'],
      ['client-id', 2, null],
    ],
    true,
  ),
  describe('of addresses', [['ip', 2, null]]),
  describe('of a strange type', [['planet', 0, 'x']]),
  describe('of no type', [['', 0, 'x']]),
  describe('by no name', [['user', 0, null]]),
  describe('by a name too many', [['user', 1, 'x']]),
  describe('by another name too many', [['user', 2, 'x']]),
  describe('in a strange manner', [['user', 3, null]]),
  describe('twice', [
    ['user', 2, null],
    ['user', 2, null],
  ]),
  describe('of users and addresses', [
    ['user', 2, null],
    ['ip', 2, null],
  ]),
  alter('removed', [['user', 'a']], { producer_byte_rate: null, request_percentage: null }),
  describe('what is left', []),
]

/** The same script of the super user, on both; every answer is compared, and all that differ are named. */
export async function quotaRequestsAnswerAlike(ours: PreparedBroker, kafka: PreparedBroker): Promise<void> {
  const differences: string[] = []
  for (const each of steps) {
    const own = await each.ask(ours)
    const theirs = await each.ask(kafka)
    note(differences, each.what, own, theirs)
    // Kafka's broker hears of its controller's decisions a moment later.
    await sleep(50)
  }
  assert.equal(differences.length, 0, differences.join('\n'))
}
