import assert from 'node:assert/strict'
import {
  AclOperation,
  AclPermissionType,
  AlterConfigOp,
  ConfigResourceType,
  ConfigSource,
  ConfigType,
  ControlRecordType,
  CoordinatorType,
  IsolationLevel,
  PatternType,
  ResourceType,
  TransactionState,
  features,
  groupStates,
  groupTypes,
  metadataVersions,
} from '@streamwright/protocol'
import { listAt, numberAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import { knownMessages, rangeOf } from './codecs.ts'
import type { ProtocolRun } from './run.ts'

const numbered: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AclOperation,
  AclPermissionType,
  AlterConfigOp,
  ConfigResourceType,
  ConfigSource,
  ConfigType,
  ControlRecordType,
  CoordinatorType,
  IsolationLevel,
  PatternType,
  ResourceType,
  TransactionState,
  CompressionType: { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 },
}

const named: Readonly<Record<string, readonly string[]>> = { GroupState: groupStates, GroupType: groupTypes }

/** `enums.json`: numbers and names beside the messages. */
export function runEnums({ content, file, report }: ProtocolRun): void {
  for (const [name, expected] of Object.entries(content)) {
    if (name === 'format') continue
    const label = `${file.label} ${name}`
    if (name in numbered) {
      runCase(report, label, () => {
        const theirs = listAt(content, name).map((entry) => [textAt(entry, 'name'), entry['code'] ?? entry['id']])
        assert.deepEqual(numbered[name], Object.fromEntries(theirs))
      })
    } else if (name in named) runCase(report, label, () => assert.deepEqual(named[name], expected))
    else if (name === 'GroupCoordinatorRecordType')
      runCase(report, label, () => checkRecordTypes({ content, file, report }))
    else if (name === 'Feature') runCase(report, label, () => checkFeatures({ content, file, report }))
    else if (name === 'MetadataVersion') runCase(report, label, () => checkMetadataVersions({ content, file, report }))
    else report.skip(label, 'not known')
  }
}

/** Kafka's features for its own tests are none. */
function checkFeatures({ content }: ProtocolRun): void {
  const levelOf = (name: unknown): number | undefined => metadataVersions.find((each) => each.name === name)?.level
  const theirs = listAt(content, 'Feature').filter((entry) => !textAt(entry, 'feature').includes('test.'))
  const expected = theirs.map((entry) => ({
    name: textAt(entry, 'feature'),
    latest: numberAt(entry, 'latestProduction'),
    levels: listAt(entry, 'levels').map((level) => ({
      level: numberAt(level, 'level'),
      metadataVersion: levelOf(level['bootstrapMetadataVersion']),
      dependencies: level['dependencies'],
    })),
  }))
  const ours = features.map(({ name, latest, levels }) => ({
    name,
    latest,
    levels: levels.map((level) => ({ dependencies: {}, ...level })),
  }))
  assert.deepEqual(ours, expected)
}

function checkMetadataVersions({ content }: ProtocolRun): void {
  const ours = metadataVersions.map(({ level, name, release, isUnstable }) => ({
    level,
    name,
    release,
    stable: !isUnstable,
  }))
  assert.deepEqual(ours, listAt(content, 'MetadataVersion'))
}

function checkRecordTypes({ content }: ProtocolRun): void {
  for (const entry of listAt(content, 'GroupCoordinatorRecordType')) {
    const name = textAt(entry, 'name')
    const type = numberAt(entry, 'id')
    const keys = knownMessages.filter((message) => message.kind === 'coordinator-key' && message.recordType === type)
    const words = name.toLowerCase().replaceAll('_', '')
    const key = keys.find((message) => message.name.toLowerCase() === `${words}key`)
    assert.ok(key !== undefined, `record type ${type} is ${name}`)
    assert.ok(rangeOf(key.versions, 0).from >= 0, name)
  }
}
