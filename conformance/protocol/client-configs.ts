import assert from 'node:assert/strict'
import { ConfigurationError, environmentWith, silentLog } from '@streamwright/std'
import { groupConfigs } from '../../packages/broker/src/config/group-configs.ts'
import { adminSettingSpecs, readAdminSettings } from '../../packages/client/src/admin/admin-settings.ts'
import { assignorByName } from '../../packages/client/src/consumer/assignors/named-assignors.ts'
import { consumerSettingSpecs, readConsumerSettings } from '../../packages/client/src/consumer/consumer-settings.ts'
import { producerSettingSpecs, readProducerSettings } from '../../packages/client/src/producer/producer-settings.ts'
import { isJavaOnly } from '../../packages/client/src/settings/java-settings.ts'
import type { JsonObject } from '../json.ts'
import { listAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

interface Spec {
  readonly type: string
  readonly default?: string | number | boolean | null | readonly string[]
}

interface Client {
  readonly specs: Readonly<Record<string, Spec>>
  /** Throws `ConfigurationError` for what is wrong. */
  readonly read: (settings: Readonly<Record<string, string>>) => unknown
}

const environment = environmentWith({ log: silentLog })
const given = { bootstrapServers: 'localhost:9092' } as const

const clients: Readonly<Record<string, Client>> = {
  producer: {
    specs: producerSettingSpecs,
    read: (settings) => readProducerSettings({ ...given, ...settings }, environment),
  },
  consumer: {
    specs: consumerSettingSpecs,
    read: (settings) => readConsumerSettings({ ...given, ...settings }, environment),
  },
  admin: {
    specs: adminSettingSpecs,
    read: (settings) => readAdminSettings({ ...given, ...settings }, environment),
  },
}

/**
 * `client-configs.json`: each setting of Java's clients is one of ours with its type, default and limits, or is known
 * to mean nothing here.
 */
export function runClientConfigs({ content, file, report }: ProtocolRun): void {
  for (const [role, list] of Object.entries(content)) {
    if (!Array.isArray(list)) continue
    const client = clients[role]
    for (const setting of listAt(content, role)) {
      const name = `${file.label} ${role} ${textAt(setting, 'name')}`
      if (role === 'group') runCase(report, name, () => checkGroupConfig(setting))
      else if (client === undefined) report.skip(name, `settings of ${role} are not compared yet`)
      else runCase(report, name, () => checkSetting(client, setting))
    }
  }
}

function checkSetting(client: Client, setting: JsonObject): void {
  const name = textAt(setting, 'name')
  if (name === 'partition.assignment.strategy') {
    checkStrategy(setting)
    return
  }
  const spec = client.specs[name]
  if (spec === undefined) {
    assert.ok(isJavaOnly(name), 'is known, or known to mean nothing here')
    return
  }
  assert.ok(!isJavaOnly(name), 'is not ignored')
  const type = textAt(setting, 'type')
  assert.equal(spec.type, type === 'class' || type === 'password' ? 'string' : type, 'type')
  const ours = spec.default ?? null
  const text = ours === null ? null : String(ours)
  assert.equal(text, setting['default'] ?? null, 'default')
  const { valid } = setting
  if (typeof valid === 'string') checkValid(client, name, valid)
}

/** Configurations of groups, which are the broker's. */
function checkGroupConfig(setting: JsonObject): void {
  const definition = groupConfigs.get(textAt(setting, 'name'))
  assert.ok(definition !== undefined, 'is known')
  assert.equal(definition.type, setting['type'], 'type')
  assert.equal(definition.default, setting['default'] ?? null, 'default')
}

/** Ours takes names and objects, so that it is no setting of plain data: what the default leads to is compared. */
function checkStrategy(setting: JsonObject): void {
  const names = textAt(setting, 'default').split(',')
  const theirs = names.map((name) => assignorByName(name.replace('class ', '')).name)
  const ours = readConsumerSettings(given, environment).assignors
  assert.deepEqual(
    ours.map((assignor) => assignor.name),
    theirs,
    'default',
  )
}

const rangePattern = /^\[(-?\d+(?:\.\d+)?),\.\.\.(?:,(-?\d+(?:\.\d+)?))?\]/

/** By what ours takes and refuses, just at the limits that the code of Java prints. */
function checkValid(client: Client, name: string, valid: string): void {
  if (valid === 'non-empty string') {
    checkRefused(client, name, '')
    return
  }
  const range = rangePattern.exec(valid)
  if (range !== null) {
    const [, least = '0', most] = range
    const others = / or (-?\d+)$/.exec(valid)?.[1]
    if (String(Number(least) - 1) !== others) checkRefused(client, name, String(Number(least) - 1))
    if (most !== undefined) checkRefused(client, name, String(Number(most) + 1))
    if (others !== undefined) client.read({ [name]: others })
    return
  }
  const choices = /\[(.*)\]$/.exec(valid)?.[1]
  if (choices === undefined || choices === '') return
  for (const choice of choices.split(', ')) if (!choice.includes(':')) client.read({ [name]: choice })
  checkRefused(client, name, 'no-such-choice')
}

function checkRefused(client: Client, name: string, value: string): void {
  assert.throws(() => client.read({ [name]: value }), ConfigurationError, `${name}=${value} is refused`)
}
