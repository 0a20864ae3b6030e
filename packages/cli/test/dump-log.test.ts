import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { RecordBatchBuilder } from '@streamwright/protocol'
import { dumpLogTool } from '../src/dump-log/dump-log-tool.ts'
import { runCli } from './run-cli.ts'

const name = '00000000000000000000'

describe('kafka-dump-log', () => {
  let directory = ''
  let log = ''

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'streamwright-dump-'))
    log = join(directory, `${name}.log`)
    const builder = new RecordBatchBuilder()
    builder.append(1700000000000, Buffer.from('k'), Buffer.from('v'))
    writeFileSync(log, Buffer.concat([builder.build({}), Buffer.from('cut off')]))
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  const dump = (...argv: string[]): ReturnType<typeof runCli> => runCli(dumpLogTool, argv)

  test('a segment is shown up to what is cut off', async () => {
    const { status, out } = await dump('--files', log, '--print-data-log')
    assert.equal(status, 0)
    assert.match(out, /\nbaseOffset: 0 lastOffset: 0 count: 1 .* isvalid: true\n\| offset: 0 .* key: k payload: v\n/)
    assert.match(out, /\nFound 7 invalid bytes at the end of 0{20}\.log\n$/)
  })

  test('an index that ends in zeros ends where they begin, and is held against its log', async () => {
    const index = join(directory, `${name}.index`)
    const content = Buffer.alloc(24)
    content.writeInt32BE(5, 0)
    writeFileSync(index, content)
    const { out, error } = await dump('--files', index)
    assert.equal(out, `Dumping ${index}\noffset: 5 position: 0\n`)
    assert.equal(error, `Mismatches in :${index}\n  Index offset: 5, log offset: 0\n`)
    const sane = await dump('--files', index, '--index-sanity-check')
    assert.equal(sane.out, `Dumping ${index}\n${index} passed sanity check.\n`)
  })

  test('times out of order and times that the log does not have are told', async () => {
    const index = join(directory, `${name}.timeindex`)
    const content = Buffer.alloc(24)
    content.writeBigInt64BE(1700000000000n, 0)
    content.writeBigInt64BE(1600000000000n, 12)
    content.writeInt32BE(1, 20)
    writeFileSync(index, content)
    const { error } = await dump('--files', index)
    assert.match(error, /Found timestamp mismatch in :.*\n {2}Index timestamp: 1600000000000, log timestamp: -1\n/)
    assert.match(error, /Found out of order timestamp in :/)
    assert.equal((await dump('--files', index, '--index-sanity-check')).status, 1)
  })

  test('records of coordinators are JSON by their definitions; tombstones and unknown types are named', async () => {
    const builder = new RecordBatchBuilder()
    const key = Buffer.from('000000027478', 'hex')
    const value = Buffer.from(`0000${'0'.repeat(15)}700000000006404ffffffff${'0'.repeat(32)}`, 'hex')
    builder.append(1700000000000, key, value)
    builder.append(1700000000000, key, null)
    builder.append(1700000000000, Buffer.from('0063', 'hex'), value)
    const file = join(directory, '00000000000000000007.log')
    writeFileSync(file, builder.build({}))
    const { out } = await dump('--files', file, '--transaction-log-decoder', '--skip-record-metadata')
    assert.deepEqual(out.split('\n').slice(3, 6), [
      '| key: {"type":"0","data":{"transactionalId":"tx"}} payload: {"version":"0","data":{"producerId":7,"producerEpoch":0,"transactionTimeoutMs":100,"transactionStatus":4,"transactionPartitions":null,"transactionLastUpdateTimestampMs":0,"transactionStartTimestampMs":0}}',
      '| key: {"type":"0","data":{"transactionalId":"tx"}} payload: <DELETE>',
      '| key: Unknown record type 99 at offset 2, skipping.',
    ])
  })
})
