import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import { aclsTool } from '../src/acls/acls-tool.ts'
import { runCli } from './run-cli.ts'

describe('kafka-acls', () => {
  let broker: Broker

  before(async () => {
    const settings = { authorizerClassName: 'StandardAuthorizer', superUsers: 'User:ANONYMOUS' }
    const environment = environmentWith({ log: silentLog })
    broker = await startBroker({ port: 0, inMemory: true, environment, settings })
  })
  after(() => broker.close())

  const acls = (argv: readonly string[], input = ''): ReturnType<typeof runCli> =>
    runCli(aclsTool, ['--bootstrap-server', broker.bootstrapServers, ...argv], input)
  const forTopic = ['--allow-principal', 'User:a', '--operation', 'read', '--topic', 'orders']

  test('adds rules and lists them, also as JSON', async () => {
    const added = await acls(['--add', ...forTopic, '--allow-host', '10.0.0.1', '--allow-host', '10.0.0.2'])
    assert.equal(added.status, 0)
    assert.equal(
      added.out,
      'Adding ACLs for resource `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`: \n' +
        ' \t(principal=User:a, host=10.0.0.1, operation=READ, permissionType=ALLOW)\n' +
        '\t(principal=User:a, host=10.0.0.2, operation=READ, permissionType=ALLOW)\n\n',
    )
    const listed = await acls(['--list', '--topic', 'orders', '--output', 'json'])
    const rules = JSON.parse(listed.out) as { host: string }[]
    assert.deepEqual(
      rules.map(({ host }) => host),
      ['10.0.0.1', '10.0.0.2'],
    )
    const ofOther = await acls(['--list', '--principal', 'User:b'])
    assert.equal(ofOther.out, 'ACLs for principal `User:b`\n')
  })

  test('asks before it removes', async () => {
    await acls(['--add', ...forTopic])
    const refused = await acls(['--remove', '--topic', 'orders'], 'n\n')
    assert.equal(
      refused.out,
      'Are you sure you want to delete all ACLs for resource filter `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`? (y/n)\n',
    )
    assert.notEqual((await acls(['--list'])).out, '')
    await acls(['--remove', '--topic', 'orders'], 'Y\n')
    assert.equal((await acls(['--list'])).out, '')
  })

  test('both roles at once need what each one needs', async () => {
    const role = ['--producer', '--consumer', '--allow-principal', 'User:c', '--topic', 't', '--group', 'g']
    const { out } = await acls(['--add', ...role, '--output', 'json'])
    const rules = JSON.parse(out) as { resourceType: string; operation: string }[]
    assert.deepEqual(rules.map(({ resourceType, operation }) => `${resourceType} ${operation}`).toSorted(), [
      'GROUP READ',
      'TOPIC CREATE',
      'TOPIC DESCRIBE',
      'TOPIC READ',
      'TOPIC WRITE',
    ])
  })
})
