import assert from 'node:assert/strict'
import { Reader } from '@streamwright/protocol'
import { fromHex, toHex } from '@streamwright/std'
import { consumerGroupRecord } from '../../packages/broker/src/groups/consumer/consumer-group-records.ts'
import { Group } from '../../packages/broker/src/groups/group.ts'
import {
  groupRecord,
  groupTombstone,
  offsetRecord,
  readGroupRecord,
} from '../../packages/broker/src/groups/group-records.ts'
import { LoadedGroups } from '../../packages/broker/src/groups/loaded-groups.ts'
import type { GroupRecord } from '../../packages/broker/src/groups/record-framing.ts'
import { framed } from '../../packages/broker/src/groups/record-framing.ts'
import {
  readTransactionRecord,
  transactionRecord,
  transactionTombstone,
} from '../../packages/broker/src/transactions/transaction-records.ts'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import { codecOf, knownMessage } from './codecs.ts'
import { fromJson, toJson } from './message-json.ts'
import type { ProtocolRun } from './run.ts'

/**
 * `internal-topic-records.json`: what coordinators left in `__consumer_offsets` and `__transaction_state`. Each record
 * is read and written by its message; what our broker keeps, too, by what the broker keeps it in, byte for byte.
 */
export async function runInternalRecords({ content, file, report }: ProtocolRun): Promise<void> {
  for (const [index, record] of listAt(content, 'records').entries()) {
    const name = `${file.label} ${textAt(record, 'name')} ${index}`
    try {
      await checkMessages(record)
      checkBroker(record)
    } catch (error) {
      report.fail(name, error instanceof Error ? error.message : String(error))
      continue
    }
    report.pass(name)
  }
}

async function checkMessages(record: JsonObject): Promise<void> {
  const name = textAt(record, 'name')
  await checkMessage(`${name}Key`, numberAt(record, 'type'), 0, record['key'], textAt(record, 'keyHex'))
  if (record['valueHex'] === null) return
  const version = numberAt(record, 'valueVersion')
  await checkMessage(`${name}Value`, version, version, record['value'], textAt(record, 'valueHex'))
}

async function checkMessage(name: string, prefix: number, version: number, json: unknown, hex: string): Promise<void> {
  const message = knownMessage(name)
  assert.ok(message !== undefined, `there is no definition of ${name}`)
  const codec = await codecOf(message)
  const reader = new Reader(fromHex(hex))
  assert.equal(reader.int16(), prefix, `what ${name} begins with`)
  const decoded = objectAt(codec.decode(reader, version), name)
  assert.deepEqual(toJson(message.fields, decoded, message.newest, version), json, name)
  const written = framed(codec, prefix, version, fromJson(message.fields, objectAt(json, name)))
  assert.equal(toHex(written), hex, `${name}, written`)
}

function checkBroker(record: JsonObject): void {
  const key = Buffer.from(textAt(record, 'keyHex'), 'hex')
  const value = record['valueHex'] === null ? null : Buffer.from(textAt(record, 'valueHex'), 'hex')
  const written = record['topic'] === '__transaction_state' ? transactionAgain(key, value) : groupAgain(key, value)
  // Groups of a kind that our broker has not: it leaves their records alone.
  if (written === undefined) return
  assert.equal(toHex(written.key), record['keyHex'], 'key, written by the broker')
  assert.equal(written.value === null ? null : toHex(written.value), record['valueHex'], 'value, written by the broker')
}

function transactionAgain(key: Buffer, value: Buffer | null): GroupRecord {
  const read = readTransactionRecord(key, value)
  assert.ok(read !== undefined, 'the broker reads it')
  return read.metadata === null ? transactionTombstone(read.transactionalId) : transactionRecord(read.metadata)
}

function groupAgain(key: Buffer, value: Buffer | null): GroupRecord | undefined {
  const read = readGroupRecord(key, value)
  switch (read.kind) {
    case 'offset':
      return offsetRecord(read.group, read.topic, read.partition, read.offset)
    case 'consumer':
      return consumerGroupRecord(read.group, read.change)
    case 'group': {
      if (read.value === null) return groupTombstone(read.group)
      const loaded = new LoadedGroups()
      loaded.apply(read)
      const [group] = loaded.all(0)
      assert.ok(group instanceof Group, 'a classic group is loaded')
      return groupRecord(group)
    }
    case 'other':
      return undefined
  }
}
