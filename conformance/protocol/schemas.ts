import assert from 'node:assert/strict'
import { apiInfo, requestHeaderVersion, responseHeaderVersion } from '@streamwright/protocol'
import { apiDefinitions } from '../../packages/protocol/src/definitions/index.ts'
import type { FieldDefinition } from '../../packages/protocol/src/definitions/definition.ts'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import { knownMessage, nullableIn, rangeOf } from './codecs.ts'
import type { ProtocolRun } from './run.ts'

/** `schemas.json`: every API and every field, against our definitions. */
export function runSchemas({ content, file, report }: ProtocolRun): void {
  for (const api of listAt(content, 'apis')) {
    runCase(report, `${file.label} api ${textAt(api, 'name')}`, () => checkApi(api))
  }
  for (const [name, schema] of Object.entries(objectAt(content['messages'], 'messages'))) {
    runCase(report, `${file.label} message ${name}`, () => checkMessage(name, objectAt(schema, name)))
  }
}

function checkApi(api: JsonObject): void {
  const key = numberAt(api, 'key')
  const info = apiInfo(key)
  if (api['versions'] === null) {
    assert.equal(info, undefined, 'an API that was removed is defined')
    return
  }
  const definition = apiDefinitions.find((candidate) => candidate.key === key)
  assert.ok(info !== undefined && definition !== undefined, 'the API is not defined')
  assert.equal(info.name, textAt(api, 'name'))
  assert.deepEqual([info.minVersion, info.maxVersion], api['versions'], 'versions')
  assert.deepEqual([info.minVersion, info.stableMaxVersion], api['stable'], 'stable versions')
  assert.deepEqual(definition.listeners, api['listeners'], 'listeners')
  assert.equal(info.clusterAction, api['clusterAction'], 'clusterAction')
  assert.equal(info.forwardable, api['forwardable'], 'forwardable')
  if ('advertised' in api) assert.deepEqual(info.advertised, api['advertised'], 'advertised')
  const flexible = info.flexibleFrom > info.maxVersion ? null : [info.flexibleFrom, info.maxVersion]
  assert.deepEqual(flexible, api['flexible'], 'flexible versions')
  checkHeaderVersions(api['requestHeader'], (version) => requestHeaderVersion(key, version))
  checkHeaderVersions(api['responseHeader'], (version) => responseHeaderVersion(key, version))
}

function checkHeaderVersions(triples: unknown, ours: (version: number) => number): void {
  for (const [from, to, header] of triples as readonly (readonly [number, number, number])[]) {
    for (let version = from; version <= to; version++) assert.equal(ours(version), header, `header of v${version}`)
  }
}

function checkMessage(name: string, schema: JsonObject): void {
  const message = knownMessage(name)
  assert.ok(message !== undefined, 'the message is not defined')
  const range = rangeOf(message.versions, 0)
  assert.deepEqual([range.from, range.to], schema['versions'], 'versions')
  assert.equal(message.kind, schema['kind'], 'kind')
  for (const member of ['apiKey', 'recordType', 'recordId'] as const)
    assert.equal(message[member], schema[member], member)
  checkFields(name, message.fields, listAt(schema, 'fields'), message.newest)
}

function checkFields(
  path: string,
  ours: readonly FieldDefinition[],
  theirs: readonly JsonObject[],
  newest: number,
): void {
  assert.deepEqual(
    ours.map((field) => field.name),
    theirs.map((field) => textAt(field, 'name')),
    `fields of ${path}`,
  )
  for (const [index, field] of ours.entries()) {
    const schema = objectAt(theirs[index], path)
    const where = `${path}.${field.name}`
    const [from, to] = schema['versions'] as readonly [number, number]
    // A struct that is defined once for several places has the versions of all of them.
    const range = rangeOf(field.versions, newest)
    assert.ok(range.from <= from && range.to >= to, `${where}: versions ${field.versions} instead of ${from} to ${to}`)
    assert.equal(field.type, schema['type'], `${where}: type`)
    assert.equal(field.tag, schema['tag'], `${where}: tag`)
    assert.equal(field.ignorable ?? false, schema['ignorable'] ?? false, `${where}: ignorable`)
    const byDefault = typeof field.default === 'bigint' ? String(field.default) : field.default
    assert.equal(byDefault, schema['default'], `${where}: default`)
    const [nullableFrom] = (schema['nullable'] ?? []) as readonly number[]
    for (let version = from; version <= to; version++) {
      const nullable = nullableFrom !== undefined && version >= nullableFrom
      assert.equal(nullableIn(field, newest, version), nullable, `${where}: nullable in v${version}`)
    }
    if (field.fields !== undefined) checkFields(where, field.fields, listAt(schema, 'fields'), newest)
  }
}
