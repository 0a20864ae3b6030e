import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { openStore } from '../../src/state/open-store.ts'
import type { StoreDefinition, StoreEngine } from '../../src/state/store-definition.ts'
import type { KeyValue, StoreIterator, Windowed, WindowStore } from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { Host } from './store-host.ts'

type Windows = WindowStore<string, number> & TaskStore

function open(host: Host, engine: StoreEngine, readsRanges: boolean): Windows {
  const definition = {
    kind: 'window',
    name: 'store',
    engine,
    caching: host.cache !== undefined,
    logging: {},
    timestamped: false,
    retentionMs: 10_000,
    windowSizeMs: 10,
    retainDuplicates: false,
    readsRanges,
    key: serdes.string,
    value: serdes.long,
  } as unknown as StoreDefinition
  return openStore(definition, host) as unknown as Windows
}

function texts(iterator: StoreIterator<KeyValue<Windowed<string>, number>>): string[] {
  return [...iterator].map(({ key, value }) => `${key.key}@${key.window.startMs}-${key.window.endMs}=${value}`)
}

const times = fc.integer({ min: 0, max: 30_000 })
const keys = fc.constantFrom('a', 'ab', 'é')
const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key: keys, at: times, n: fc.option(fc.nat(9)) }),
  fc.record({ kind: fc.constant('commit' as const), key: keys, at: times, n: fc.constant(null) }),
)

describe('window store that is read by ranges', () => {
  for (const engine of ['memory', 'persistent'] as const) {
    for (const cacheMaxBytes of [0, 1_000_000]) {
      test(`answers as the one that is read by starts (${engine}, cache of ${cacheMaxBytes})`, () => {
        fc.assert(
          fc.property(fc.array(step, { maxLength: 30 }), times, times, (steps, one, other) => {
            const [from, to] = [Math.min(one, other), Math.max(one, other)]
            const hosts = [new Host(cacheMaxBytes), new Host(cacheMaxBytes)] as const
            const stores = [open(hosts[0], engine, false), open(hosts[1], engine, true)] as const
            for (const { kind, key, at, n } of steps) {
              for (const index of [0, 1] as const) {
                if (kind === 'put') stores[index].put(key, n, at)
                else hosts[index].commit(stores[index])
              }
            }
            for (const index of [0, 1] as const) hosts[index].commit(stores[index])
            assert.deepEqual(hosts[1].logged, hosts[0].logged)
            assert.equal(hosts[1].droppedRecords, hosts[0].droppedRecords)
            // What a cache still has is read behind the retention, too: how long it has it is the cache's to say.
            if (cacheMaxBytes > 0) return
            const reads = stores.map((store) => ({
              all: texts(store.all()),
              backwardAll: texts(store.backwardAll()),
              fetchAll: texts(store.fetchAll(from, to)),
              keyRange: texts(store.fetchKeyRange('a', 'ab', from, to)),
              backwardKeyRange: texts(store.backwardFetchKeyRange('ab', null, from, to)),
              range: [...store.fetchRange('a', from, to)],
              backwardRange: [...store.backwardFetchRange('é', from, to)],
              fetch: steps.map(({ key, at }) => store.fetch(key, at)),
            }))
            assert.deepEqual(reads[1], reads[0])
          }),
          { seed: 3, numRuns: 200 },
        )
      })
    }
  }
})
