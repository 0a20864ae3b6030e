import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { EngineReader, EngineSpace, EngineWrite } from '../../src/state/engine/engine.ts'
import { EngineAccount } from '../../src/testing/engine-account.ts'
import { bucketKeyBytes } from '../../src/state/engine/long-keys.ts'
import type { EngineKind } from './engine-conformance.ts'

const store = 'store'

/** Few keys, so that what is read has been written to; some share a bucket of LMDB's long keys. */
const keyTexts = ['', '00', '0000', '01', '0100', '02', 'ff', 'ffff']
const long = '07'.repeat(bucketKeyBytes)
const keys = [...keyTexts, long, `${long}00`, `${long}ff`].toSorted()
const key = fc.constantFrom(...keys)
const bound = fc.option(key, { nil: undefined })
const value = fc.option(fc.uint8Array({ maxLength: 3 }).map((data) => Buffer.from(data).toString('hex')))
const bounds = { from: bound, to: bound, reverse: fc.boolean() }

/** What may happen to an engine, in any order. A reader is one of those that are open, by its number. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      writes: fc.array(fc.tuple(key, value), { maxLength: 6 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('range' as const), ...bounds }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('snapshot' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rangeOfSnapshot' as const), reader: fc.nat(20), ...bounds }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      reader: fc.nat(20),
      entries: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('get' as const), reader: fc.nat(20), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('closeRange' as const), reader: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('closeSnapshot' as const), reader: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wipe' as const) }) },
)

function write(name: string, data: string | null): EngineWrite {
  return { key: Buffer.from(name, 'hex'), value: data === null ? null : Buffer.from(data, 'hex') }
}

/** What readers of an engine may rely on while it is written to. The second half of the suite of engines. */
export function testEngineConsistency(kind: EngineKind, runs: number): void {
  describe(`engine ${kind.name}, read while written to`, () => {
    const withSpace = (run: (space: EngineSpace) => void): void => {
      const place = kind.place()
      const space = place.open()
      try {
        run(space)
      } finally {
        space.close()
        place.remove()
      }
    }
    const commit = (space: EngineSpace, writes: readonly EngineWrite[]): void =>
      space.commit(new Map([[store, writes]]), new Map())
    const ascii = (name: string): string => Buffer.from(name).toString('hex')
    const put = (name: string, data: string | null): EngineWrite =>
      write(ascii(name), data === null ? null : ascii(data))
    const all = (reader: EngineReader): string =>
      [...reader.range(undefined, undefined, false)]
        .map((entry) => `${entry.key.toString()}${entry.value.toString()}`)
        .join(' ')

    test('each range and snapshot sees its own moment, in whatever order all are opened, read, closed and written to', () => {
      withSpace((space) => {
        fc.assert(
          fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
            space.wipe(store)
            const account = new EngineAccount(space, store)
            for (const each of steps) account.do(each)
            account.end()
          }),
          { seed: 42, numRuns: runs * 2 },
        )
      })
    })

    test('a loop may delete, replace and add what it runs over', () => {
      withSpace((space) => {
        const names = Array.from({ length: 300 }, (_none, index) => String(index).padStart(3, '0'))
        commit(
          space,
          names.map((name) => put(name, 'x')),
        )
        const engine = space.open(store)
        for (const reverse of [false, true]) {
          const seen: string[] = []
          for (const entry of engine.range(undefined, undefined, reverse)) {
            const name = entry.key.toString()
            seen.push(name)
            commit(space, [put(name, null), put(`${name}!`, 'new'), put(names[299 - seen.length] ?? '', 'x')])
          }
          assert.deepEqual(seen, reverse ? names.toReversed() : names)
          space.wipe(store)
          commit(
            space,
            names.map((name) => put(name, 'x')),
          )
        }
      })
    })

    test('a thousand snapshots at once are a thousand moments', () => {
      withSpace((space) => {
        const engine = space.open(store)
        const snapshots = Array.from({ length: 1000 }, (_none, index) => {
          commit(space, [put('a', String(index)), put(`b${index % 7}`, index % 2 === 0 ? 'x' : null)])
          return engine.snapshot()
        })
        for (const [index, snapshot] of snapshots.entries()) {
          assert.equal(snapshot.get(Buffer.from('a'))?.toString(), String(index))
          const last = [...snapshot.range(Buffer.from('b'), undefined, true)].map((entry) => entry.key.toString())
          assert.equal(last.includes(`b${index % 7}`), index % 2 === 0)
        }
        // Closed in another order than they were opened.
        for (const snapshot of snapshots.toSorted((left, right) => all(left).length - all(right).length))
          snapshot.close()
        assert.match(all(engine), /^a999 /)
      })
    })

    test('bounds that leave nothing between them leave nothing', () => {
      withSpace((space) => {
        commit(space, [put('a', '1'), put('b', '2')])
        const engine = space.open(store)
        using snapshot = engine.snapshot()
        for (const [from, to] of [
          ['b', 'a'],
          ['a', 'a'],
          ['c', undefined],
          [undefined, ''],
          [undefined, 'a'],
          ['a!', 'b'],
        ] as const) {
          for (const reader of [engine, snapshot]) {
            for (const reverse of [false, true]) {
              const range = reader.range(
                from === undefined ? undefined : Buffer.from(from),
                to === undefined ? undefined : Buffer.from(to),
                reverse,
              )
              assert.deepEqual([...range], [])
              assert.equal(range.next().done, true, 'the end of a range is its end')
            }
          }
        }
      })
    })

    test('of several writes of a key in one commit the last counts', () => {
      withSpace((space) => {
        const engine = space.open(store)
        commit(space, [put('a', '1'), put('a', '2'), put('b', '1'), put('b', null), put('c', null), put('c', '3')])
        assert.equal(all(engine), 'a2 c3')
        commit(space, [put('a', null), put('a', '4')])
        assert.equal(all(engine), 'a4 c3')
      })
    })

    test('a store that is opened twice is one store, and a wiped one begins anew', () => {
      withSpace((space) => {
        const [first, second] = [space.open(store), space.open(store)]
        commit(space, [put('a', '1')])
        assert.deepEqual([all(first), all(second)], ['a1', 'a1'])
        using snapshot = first.snapshot()
        space.wipe(store)
        assert.deepEqual([all(first), all(second), all(snapshot)], ['', '', 'a1'])
        assert.equal(first.approximateNumEntries(), 0)
        commit(space, [put('b', '2')])
        assert.deepEqual([all(first), all(snapshot)], ['b2', 'a1'])
      })
    })

    test('a commit of one store is seen by readers of that store alone', () => {
      withSpace((space) => {
        const both = (one: string, two: string): void =>
          space.commit(
            new Map([
              ['one', [put('k', one)]],
              ['two', [put('k', two)]],
            ]),
            new Map(),
          )
        both('1', '1')
        using one = space.open('one').snapshot()
        const two = space.open('two').range(undefined, undefined, false)
        both('2', '2')
        space.wipe('one')
        assert.equal(all(one), 'k1')
        assert.deepEqual(
          [...two].map(({ value: data }) => data.toString()),
          ['1'],
        )
        assert.deepEqual([all(space.open('one')), all(space.open('two'))], ['', 'k2'])
      })
    })

    test('an end with readers at work ends nothing else', () => {
      const place = kind.place()
      const space = place.open()
      commit(space, [put('a', '1'), put('b', '2')])
      const engine = space.open(store)
      const range = engine.range(undefined, undefined, false)
      range.next()
      const snapshot = engine.snapshot()
      range.return()
      snapshot.close()
      space.close()
      const again = place.open()
      assert.equal(all(again.open(store)), place.survivesClose ? 'a1 b2' : '')
      again.close()
      place.remove()
    })
  })
}
