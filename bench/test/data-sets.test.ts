import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import type { DataSet } from '../streams/data-sets.ts'
import { recordsOf } from '../streams/data-sets.ts'

/** Of keys and values of the first thousand records; figures of other days were measured on these bytes. */
const checksums: Readonly<Record<DataSet, string>> = {
  orders: '536ef1a8',
  lines: 'a5442cef',
  keys: 'dcaf79b7',
  trades: '4363319d',
  left: '06216650',
  right: '80e23aee',
  users: '7f919537',
  views: 'd06410bf',
  viewRows: 'c0b8899b',
}

test('inputs have the same bytes on every machine', () => {
  const sets = Object.keys(checksums) as DataSet[]
  deepEqual(Object.fromEntries(sets.map((set) => [set, checksumOf(set)])), checksums)
})

function checksumOf(set: DataSet): string {
  let checksum = 0
  for (const { key, value } of recordsOf(set, 1000)) checksum = crc32(value, crc32(key ?? '', checksum))
  return checksum.toString(16).padStart(8, '0')
}
