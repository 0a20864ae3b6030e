import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { StreamsBuilder, serdes } from '../../src/index.ts'
import { planPartitions } from '../../src/runtime/partition-counts.ts'

test('topics of a foreign-key join, which feed each other, have the partitions of the table that they go to', () => {
  const builder = new StreamsBuilder()
  const text = { key: serdes.string, value: serdes.string }
  const users = builder.table<string, string>('users', text)
  const views = builder.table<string, string>('views', text)
  views
    .join(
      users,
      (view: string) => view,
      (view: string, user: string) => view + user,
    )
    .toStream()
    .to('joined', text)
  const definition = builder.build().define({ applicationId: 'app' })
  const { internalTopics } = planPartitions(
    definition,
    new Map([
      ['users', 5],
      ['views', 3],
    ]),
  )
  const counts = internalTopics
    .filter(({ name }) => name.endsWith('-topic'))
    .map(({ name, partitions }) => [name.replace(/.*-(REGISTRATION|RESPONSE)-.*/, '$1'), partitions])
  deepEqual(
    new Map(counts as [string, number][]),
    new Map([
      ['REGISTRATION', 5],
      ['RESPONSE', 3],
    ]),
  )
})
