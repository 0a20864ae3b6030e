import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { ConsumerGroup } from '../../../src/groups/consumer/consumer-group.ts'
import type { ConsumerGroupChange } from '../../../src/groups/consumer/consumer-group-records.ts'
import { consumerGroupRecord } from '../../../src/groups/consumer/consumer-group-records.ts'
import { readGroupRecord } from '../../../src/groups/group-records.ts'
import { LoadedGroups } from '../../../src/groups/loaded-groups.ts'

const file = new URL('../../../../../conformance/data/consumer-group-records.json', import.meta.url)
const { records }: { records: [string, string | null][] } = JSON.parse(readFileSync(file, 'utf8'))

function read(key: string, value: string | null): { readonly group: string; readonly change: ConsumerGroupChange } {
  const record = readGroupRecord(Buffer.from(key, 'hex'), value === null ? null : Buffer.from(value, 'hex'))
  assert.ok(record.kind === 'consumer')
  return record
}

test("records of Apache Kafka's groups are read, and written again byte for byte", () => {
  assert.ok(records.length > 50)
  for (const [key, value] of records) {
    const { group, change } = read(key, value)
    const written = consumerGroupRecord(group, change)
    assert.equal(written.key.toString('hex'), key)
    assert.equal(written.value?.toString('hex') ?? null, value, `${change.kind} of ${group}`)
  }
})

test("Apache Kafka's records lead to its groups", () => {
  const loaded = new LoadedGroups()
  for (const [key, value] of records) loaded.apply({ kind: 'consumer', ...read(key, value) })
  const groups = [...loaded.all(0)]
  const summaries = groups.map((group) => {
    assert.ok(group instanceof ConsumerGroup)
    return [group.id, group.state, group.epoch, [...group.members].map(({ id, epoch }) => `${id} ${epoch}`)]
  })
  assert.deepEqual(summaries, [
    ['proto-crg-bz8g2', 'Empty', 3, []],
    ['proto-cg-bz8g20', 'Stable', 2, ['KKb2IUtqRkCynnMVyL_o2w 2']],
    ['proto-csg-bz8g2', 'Empty', 3, []],
  ])
})

test('what compaction leaves of them, in whatever order, leads to the same groups', () => {
  const latest = new Map(records)
  const left = [...latest].filter(([, value]) => value !== null)
  const orders = [left, left.toReversed(), left.toSorted(([one], [other]) => (one < other ? -1 : 1))]
  const states = orders.map((order) => {
    const loaded = new LoadedGroups()
    for (const [key, value] of order) loaded.apply({ kind: 'consumer', ...read(key, value) })
    const groups = [...loaded.all(0)].toSorted((one, other) => (one.id < other.id ? -1 : 1))
    return groups.map((group) => {
      assert.ok(group instanceof ConsumerGroup)
      return [...group.snapshot()]
    })
  })
  assert.deepEqual(states[1], states[0])
  assert.deepEqual(states[2], states[0])
})
