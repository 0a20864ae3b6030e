import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConfigurationError, camelCase, createLog, readSettings } from '@streamwright/std'
import type { SettingInput, SettingValues } from '@streamwright/std'

const specs = {
  'bootstrap.servers': { type: 'list', about: 'Where to find the cluster.' },
  'session.timeout.ms': { type: 'int', default: 45000, min: 1, about: 'Time without heartbeat.' },
  'group.instance.id': { type: 'string', default: null, about: 'Static membership.' },
  acks: { type: 'string', default: 'all', oneOf: ['all', '0', '1'], about: 'Who must have a record.' },
  'enable.idempotence': { type: 'boolean', default: true, about: 'No duplicates by retries.' },
} as const

describe('settings', () => {
  test('defaults fill what is missing, and text is converted', () => {
    const values = readSettings(specs, { 'bootstrap.servers': 'a:1, b:2', 'session.timeout.ms': '6000' })
    assert.deepEqual(values, {
      bootstrapServers: ['a:1', 'b:2'],
      sessionTimeoutMs: 6000,
      groupInstanceId: null,
      acks: 'all',
      enableIdempotence: true,
    })
  })

  test('the types follow from the description', () => {
    const input: SettingInput<typeof specs> = { bootstrapServers: 'a:1', acks: '1' }
    const values: SettingValues<typeof specs> = readSettings(specs, input)
    const timeoutMs: number = values.sessionTimeoutMs
    const instance: string | null = values.groupInstanceId
    assert.deepEqual([timeoutMs, instance, values.acks], [45000, null, '1'])
    // @ts-expect-error acks is one of three texts
    const wrong: SettingInput<typeof specs> = { bootstrapServers: 'a:1', acks: 'most' }
    // @ts-expect-error bootstrap.servers is required
    const missing: SettingInput<typeof specs> = {}
    assert.throws(() => readSettings(specs, wrong), ConfigurationError)
    assert.throws(() => readSettings(specs, missing), /Missing required setting bootstrap.servers/)
  })

  test('a wrong value names the setting and what it must be', () => {
    const read = (given: Record<string, unknown>) => () => readSettings(specs, { bootstrapServers: 'a:1', ...given })
    assert.throws(read({ sessionTimeoutMs: 0 }), /0 for setting session.timeout.ms: it must be at least 1/)
    assert.throws(read({ 'session.timeout.ms': '1.5' }), /must be an integer/)
    assert.throws(read({ 'session.timeout.ms': '' }), /must be an integer/)
    assert.throws(read({ enableIdempotence: 'yes' }), /must be true or false/)
    assert.throws(read({ acks: 'most' }), /one of all, 0, 1/)
  })

  test('an unknown name warns and is left out', () => {
    const lines: string[] = []
    const log = createLog({ write: (line) => lines.push(line) })
    const values = readSettings(specs, { bootstrapServers: 'a:1', sesionTimeoutMs: 5 }, log)
    assert.equal('sesionTimeoutMs' in values, false)
    assert.match(lines.join('\n'), /WARN  Unknown setting sesionTimeoutMs/)
  })

  test('names go from dotted to camelCase', () => {
    assert.deepEqual(['ssl.keystore.location', 'acks', 'log.segment.bytes'].map(camelCase), [
      'sslKeystoreLocation',
      'acks',
      'logSegmentBytes',
    ])
  })
})
