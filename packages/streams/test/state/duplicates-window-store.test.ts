import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serdes } from '@streamwright/formats'
import { openStore } from '../../src/state/open-store.ts'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import type { WindowStore } from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { Host } from './store-host.ts'

const definition = {
  kind: 'window',
  name: 'duplicates',
  engine: 'persistent',
  caching: false,
  logging: {},
  key: serdes.string,
  value: serdes.string,
  timestamped: false,
  keeps: 'value',
  retentionMs: 100,
  windowSizeMs: 10,
  retainDuplicates: true,
} as const satisfies StoreDefinition

type Duplicates = WindowStore<string, string> & TaskStore

function open(host: Host): Duplicates {
  return openStore(definition, host) as unknown as Duplicates
}

function valuesAt(store: Duplicates, timeMs: number): string[] {
  return [...store.fetchRange('a', timeMs, timeMs)].map(([, value]) => value)
}

test('a put after a restart does not overwrite one from before it that has the same key and time', () => {
  // Numbers that tell duplicates apart begin anew with each start: Java loses the first put of each start so, and a
  // join of streams with it the results that its record would have had.
  const host = new Host(0)
  const first = open(host)
  first.put('a', 'before 1', 5)
  first.put('a', 'before 2', 5)
  host.commit(first)
  first.close()
  const second = open(host)
  second.put('a', 'after 1', 5)
  second.put('a', 'after 2', 5)
  assert.deepEqual(valuesAt(second, 5), ['before 1', 'before 2', 'after 1', 'after 2'])
})

test('the same for a store that was restored from its changelog', () => {
  const host = new Host(0)
  const first = open(host)
  first.put('a', 'before', 5)
  const [logged = ''] = host.logged
  const otherHost = new Host(0)
  const restored = open(otherHost)
  const key = Buffer.from(logged.slice(0, logged.indexOf('@')), 'hex')
  const writes = restored.restoreWrites?.([{ key, value: Buffer.from('before'), timestamp: 5 }]) ?? []
  otherHost.engines.commit(new Map([[restored.name, writes]]), new Map())
  restored.put('a', 'after', 5)
  assert.deepEqual(valuesAt(restored, 5), ['before', 'after'])
})

test('what is later than all that was there has the numbers that it has in Java', () => {
  const host = new Host(0)
  const first = open(host)
  for (const value of ['1', '2', '3']) first.put('a', value, 5)
  host.commit(first)
  host.logged.length = 0
  const second = open(host)
  second.put('a', '4', 6)
  assert.deepEqual(host.logged, ['61000000000000000600000001@0=4'])
})
