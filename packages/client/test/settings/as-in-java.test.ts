import assert from 'node:assert/strict'
import test from 'node:test'
import { environmentWith, silentLog } from '@streamwright/std'
import { readAdminSettings } from '../../src/admin/admin-settings.ts'
import { readConsumerSettings } from '../../src/consumer/consumer-settings.ts'

const environment = environmentWith({ log: silentLog })
const bootstrapServers = 'localhost:9092'

test('an admin client closes idle connections sooner than producers and consumers do', () => {
  assert.equal(readAdminSettings({ bootstrapServers }, environment).connectionsMaxIdleMs, 300_000)
  assert.equal(readConsumerSettings({ bootstrapServers }, environment).connectionsMaxIdleMs, 540_000)
})

test('an empty group.instance.id is refused', () => {
  assert.throws(() => readConsumerSettings({ bootstrapServers, groupInstanceId: '' }, environment), {
    name: 'ConfigurationError',
    message: /^group\.instance\.id must not be empty/,
  })
})
