import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { Stores } from '../../src/dsl/stores.ts'
import type { Engine } from '../../src/state/engine/engine.ts'
import { openStore } from '../../src/state/open-store.ts'
import { RowRun } from '../../src/state/rows/row-run.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

const store = 'store'
const options = { key: serdes.string, value: serdes.string }
const definitions = {
  plain: Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), options),
  timestamped: Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), options),
}

const record = fc.record({
  key: fc.constantFrom('', 'a', 'aa', 'ab', 'é', 'x'.repeat(2000)),
  value: fc.option(fc.constantFrom('', 'x', 'y'.repeat(300))),
  timestamp: fc.nat(2 ** 40),
})

for (const { kind, runs } of engineKinds) {
  describe(`key-value stores on the engine ${kind.name}`, () => {
    for (const [form, definition] of Object.entries(definitions)) {
      test(`are restored by rows as they are record by record (${form})`, () => {
        const place = kind.place()
        const space = place.open()
        const restored = openStore(definition, new Host(0, space))
        fc.assert(
          fc.property(fc.array(record, { maxLength: 30 }), (records) => {
            const oneByOne = records.map((each) => {
              const value = each.value === null ? null : Buffer.from(each.value)
              return restored.restoreWrite({ key: Buffer.from(each.key), value, timestamp: each.timestamp })
            })
            space.wipe(store)
            space.commit(new Map([[store, oneByOne.filter((write) => write !== undefined)]]), new Map())
            const expected = rowsOf(space.open(store))
            const run = new RowRun()
            for (const { key, value, timestamp } of records) {
              const keyEnd = 3 + Buffer.byteLength(key)
              const valueStart = value === null ? -1 : keyEnd + 2
              const buffer = Buffer.from(`...${key}..${value ?? ''}.`)
              restored.restoreRow?.(run, {
                buffer,
                keyStart: 3,
                keyEnd,
                valueStart,
                valueEnd: value === null ? -1 : buffer.length - 1,
                timestamp,
              })
            }
            assert.equal(run.size, records.length)
            space.wipe(store)
            space.commit(new Map([[store, run]]), new Map())
            assert.deepEqual(rowsOf(space.open(store)), expected)
          }),
          { seed: 42, numRuns: runs },
        )
        space.close()
        place.remove()
      })
    }
  })
}

function rowsOf(engine: Engine): string[] {
  return Array.from(
    engine.range(undefined, undefined, false),
    ({ key, value }) => `${key.toString('hex')}=${value.toString('hex')}`,
  )
}
