import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { Engine, EngineEntry, EngineSpace, EngineWrite, EngineWrites } from '../../src/state/engine/engine.ts'
import { bucketKeyBytes } from '../../src/state/engine/long-keys.ts'
import { deletedLength } from '../../src/state/rows/row-arena.ts'
import { RowRun } from '../../src/state/rows/row-run.ts'
import { RowTable } from '../../src/state/rows/row-table.ts'

/** A kind of engine under test. */
export interface EngineKind {
  readonly name: string
  /** A new, empty place for the engines of a task; spaces that are opened in it one after the other share their state. */
  place(): EnginePlace
}

export interface EnginePlace {
  open(): EngineSpace
  /** Whether what was committed is still there when the space is opened again. */
  readonly survivesClose: boolean
  remove(): void
}

const store = 'store'

/** Keys from a small alphabet, so that they meet; some empty, some beyond what LMDB takes. */
const keys = fc.oneof(
  fc.uint8Array({ maxLength: 3, max: 3 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.integer({ min: -2, max: 2 }), fc.uint8Array({ maxLength: 2, max: 2 }))
    .map(([delta, tail]) => Buffer.concat([Buffer.alloc(bucketKeyBytes + delta, 1), tail])),
)
const writes = fc.array(fc.tuple(keys, fc.option(fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)))), {
  maxLength: 30,
})

/** The oracle: what a store holds, by the hexadecimal form of its keys. */
class Model {
  readonly #entries = new Map<string, Buffer>()

  apply(list: readonly EngineWrite[]): void {
    for (const { key, value } of list) {
      if (value === null) this.#entries.delete(key.toString('hex'))
      else this.#entries.set(key.toString('hex'), value)
    }
  }

  get(key: Buffer): string | undefined {
    return this.#entries.get(key.toString('hex'))?.toString('hex')
  }

  range(from: Buffer | undefined, to: Buffer | undefined): string[] {
    return [...this.#entries]
      .map(([key, value]) => [Buffer.from(key, 'hex'), value] as const)
      .filter(([key]) => (from === undefined || key.compare(from) >= 0) && (to === undefined || key.compare(to) < 0))
      .toSorted(([left], [right]) => left.compare(right))
      .map(([key, value]) => `${key.toString('hex')}=${value.toString('hex')}`)
  }
}

function texts(entries: Iterable<EngineEntry>): string[] {
  return [...entries].map(({ key, value }) => `${key.toString('hex')}=${value.toString('hex')}`)
}

/** In which writes come to an engine: a list of them, or rows outside the heap, of which each key has one or several. */
const forms = fc.constantFrom('list', 'table', 'run')

function inForm(form: string, list: readonly EngineWrite[]): EngineWrites {
  if (form === 'list') return list
  const table = new RowTable()
  const run = new RowRun()
  for (const { key, value } of list) {
    const length = value?.length ?? deletedLength
    if (form === 'table') {
      const row = table.putBytes(key, 0, key.length, length)
      value?.copy(table.rows.memory(row), table.rows.valueStart(row))
    } else {
      // Something that the next row of the key replaces.
      run.append(key, 0, key.length, deletedLength)
      const row = run.append(key, 0, key.length, length)
      value?.copy(run.rows.memory(row), run.rows.valueStart(row))
    }
  }
  return form === 'table' ? table : run
}

function commit(space: EngineSpace, list: readonly EngineWrite[], form = 'list'): void {
  space.commit(new Map([[store, inForm(form, list)]]), new Map())
}

function write(key: string | Buffer, value: string | Buffer | null): EngineWrite {
  return { key: Buffer.from(key), value: value === null ? null : Buffer.from(value) }
}

function all(engine: Engine): string[] {
  return [...engine.range(undefined, undefined, false)].map(({ key, value }) => `${key.toString()}=${value.toString()}`)
}

/** What every engine must do. A new engine is one more call of this. */
export function testEngine(kind: EngineKind, runs: number): void {
  describe(`engine ${kind.name}`, () => {
    const withSpace = (run: (space: EngineSpace, place: EnginePlace) => void): void => {
      const place = kind.place()
      const space = place.open()
      try {
        run(space, place)
      } finally {
        space.close()
        place.remove()
      }
    }

    test('agrees with a sorted map: points, ranges, both directions, whatever is committed', () => {
      withSpace((space) => {
        const batches = fc.array(writes, { maxLength: 5 })
        fc.assert(
          fc.property(batches, fc.option(keys), fc.option(keys), forms, (commits, low, high, form) => {
            const engine = space.open(store)
            const model = new Model()
            for (const pairs of commits) {
              const unique = new Map(pairs.map(([key, value]) => [key.toString('hex'), { key, value }]))
              commit(space, [...unique.values()], form)
              model.apply([...unique.values()])
              for (const { key } of unique.values()) assert.equal(engine.get(key)?.toString('hex'), model.get(key))
            }
            const [from, to] = [low ?? undefined, high ?? undefined]
            assert.deepEqual(texts(engine.range(from, to, false)), model.range(from, to))
            assert.deepEqual(texts(engine.range(from, to, true)), model.range(from, to).toReversed())
            space.wipe(store)
            assert.deepEqual(texts(engine.range(undefined, undefined, false)), [])
            assert.equal(space.position(store), undefined)
          }),
          { seed: 42, numRuns: runs },
        )
      })
    })

    test('ranges and snapshots show the state at their making, whatever is committed, deleted or wiped since', () => {
      withSpace((space) => {
        fc.assert(
          fc.property(
            fc.array(writes, { minLength: 2, maxLength: 5 }),
            fc.boolean(),
            fc.nat(3),
            forms,
            (commits, reverse, readFirst, form) => {
              const engine = space.open(store)
              const model = new Model()
              const expectations: (() => void)[] = []
              for (const pairs of commits) {
                const unique = [...new Map(pairs.map(([key, value]) => [key.toString('hex'), { key, value }])).values()]
                commit(space, unique, form)
                model.apply(unique)
                const expected = reverse
                  ? model.range(undefined, undefined).toReversed()
                  : model.range(undefined, undefined)
                const known = unique.map(({ key }) => [key, model.get(key)] as const)
                const range = engine.range(undefined, undefined, reverse)
                const begun: EngineEntry[] = []
                for (let left = readFirst; left > 0; left--) {
                  const step = range.next()
                  if (step.done !== true) begun.push(step.value)
                }
                const snapshot = engine.snapshot()
                expectations.push(() => {
                  assert.deepEqual([...texts(begun), ...texts(range)], expected)
                  assert.deepEqual(texts(snapshot.range(undefined, undefined, reverse)), expected)
                  for (const [key, value] of known) assert.equal(snapshot.get(key)?.toString('hex'), value)
                  snapshot.close()
                })
              }
              space.wipe(store)
              for (const check of expectations) check()
            },
          ),
          { seed: 42, numRuns: runs },
        )
      })
    })

    test('takes keys of any length, alone and beside their neighbours', () => {
      withSpace((space) => {
        const lengths = [0, 1, 2, 255, 511, 1977, 1978, 1979, bucketKeyBytes - 1, bucketKeyBytes, 5_000, 100_000]
        const list = lengths.flatMap((length) => [
          write(Buffer.alloc(length, 7), `first ${length}`),
          write(Buffer.concat([Buffer.alloc(length, 7), Buffer.from([255])]), `second ${length}`),
        ])
        commit(space, list, 'run')
        const engine = space.open(store)
        const model = new Model()
        model.apply(list)
        for (const { key, value } of list) assert.equal(engine.get(key)?.toString(), value?.toString())
        assert.deepEqual(texts(engine.range(undefined, undefined, false)), model.range(undefined, undefined))
        const from = Buffer.alloc(4_000, 7)
        assert.deepEqual(texts(engine.range(from, undefined, true)), model.range(from, undefined).toReversed())
        commit(
          space,
          list.map(({ key }) => ({ key, value: null })),
        )
        assert.deepEqual(texts(engine.range(undefined, undefined, false)), [])
      })
    })

    test('takes values of any length, and gives them out unchanged by what follows', () => {
      withSpace((space) => {
        const values = [0, 1, 100, 5_000, 100_000, 2_000_000].map((length) => Buffer.alloc(length, length % 251))
        commit(
          space,
          values.map((value, index) => write(`k${index}`, value)),
        )
        const engine = space.open(store)
        const got = values.map((_value, index) => engine.get(Buffer.from(`k${index}`)))
        const ranged = [...engine.range(undefined, undefined, false)].map(({ value }) => value)
        commit(
          space,
          values.map((value, index) => write(`k${index}`, Buffer.alloc(value.length, 9))),
        )
        for (const [index, value] of values.entries()) {
          assert.ok(got[index]?.equals(value) === true)
          assert.ok(ranged[index]?.equals(value) === true)
        }
      })
    })

    test('takes a batch of 50 000 writes, and another one over it', () => {
      withSpace((space) => {
        const key = (index: number): Buffer => Buffer.from(String((index * 7919) % 50_000).padStart(6, '0'))
        const batch = (value: string): EngineWrite[] =>
          Array.from({ length: 50_000 }, (_none, index) => write(key(index), value))
        commit(space, batch('1'))
        commit(
          space,
          batch('2').filter((_write, index) => index % 2 === 0),
        )
        const engine = space.open(store)
        let previous = Buffer.alloc(0)
        let twos = 0
        let count = 0
        for (const entry of engine.range(undefined, undefined, false)) {
          assert.ok(previous.compare(entry.key) < 0 || count === 0)
          previous = Buffer.from(entry.key)
          if (entry.value.toString() === '2') twos += 1
          count += 1
        }
        assert.deepEqual([count, twos], [50_000, 25_000])
        assert.equal(engine.approximateNumEntries(), 50_000)
      })
    })

    test('ranges that are left half-read, or never begun, or never closed, cost nothing later', () => {
      withSpace((space) => {
        const engine = space.open(store)
        commit(space, [write('a', '1'), write('b', '2'), write('c', '3')])
        for (let round = 0; round < 300; round++) {
          for (const { key } of engine.range(undefined, undefined, false)) {
            assert.equal(key.toString(), 'a')
            break
          }
          engine.range(undefined, undefined, true).return()
          engine.snapshot().close()
          commit(space, [write('b', String(round))])
        }
        assert.deepEqual(all(engine), ['a=1', 'b=299', 'c=3'])
      })
    })

    test('keeps the stores of a task apart, and their positions', () => {
      withSpace((space) => {
        space.commit(
          new Map([
            ['one', [write('a', '1')]],
            ['two', [write('a', '2')]],
          ]),
          new Map([
            ['one', 7],
            ['three', 9],
          ]),
        )
        assert.deepEqual(
          [all(space.open('one')), all(space.open('two')), all(space.open('three'))],
          [['a=1'], ['a=2'], []],
        )
        assert.deepEqual([space.position('one'), space.position('two'), space.position('three')], [7, undefined, 9])
        space.wipe('one')
        assert.deepEqual([all(space.open('one')), all(space.open('two'))], [[], ['a=2']])
        assert.deepEqual([space.position('one'), space.position('three')], [undefined, 9])
      })
    })

    test('after a restart data and positions are both there, or both gone', () => {
      const place = kind.place()
      try {
        const first = place.open()
        first.commit(new Map([[store, [write('a', '1'), write('b', '2')]]]), new Map([[store, 5]]))
        first.commit(new Map([[store, [write('a', null), write('c', '3')]]]), new Map([[store, 8]]))
        first.close()
        const second = place.open()
        assert.deepEqual(all(second.open(store)), place.survivesClose ? ['b=2', 'c=3'] : [])
        assert.equal(second.position(store), place.survivesClose ? 8 : undefined)
        second.close()
      } finally {
        place.remove()
      }
    })
  })
}
