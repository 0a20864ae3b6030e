import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { WindowRowsEngine } from '../../src/state/stores/window-rows-engine.ts'
import { engineKinds } from './engine-kinds.ts'

const retentionMs = 200_000
const keys = ['', 'a', 'aa', 'b', '\u00e9'] as const
const key = fc.constantFrom(...keys)
// Late ones, some that share a time, and some that let others expire.
const anyTimeMs = fc.constantFrom(
  1_000_000,
  1_000_005,
  1_060_000,
  1_130_000,
  1_199_999,
  1_200_000,
  1_260_000,
  1_500_000,
)
const value = fc.constantFrom('', 'x', 'yy', 'z'.repeat(3000), '\u00e9')

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('append' as const), key, timeMs: anyTimeMs, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replace' as const), nth: fc.nat(20), value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), nth: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('commit' as const, 'reopen' as const, 'discard' as const).map((what) => ({ do: what })),
  },
)

interface Row {
  readonly key: string
  readonly timeMs: number
  readonly sequence: number
  readonly text: string
}

const byPlace = (left: Row, right: Row): number =>
  left.timeMs - right.timeMs ||
  (left.key === right.key ? left.sequence - right.sequence : left.key < right.key ? -1 : 1)

/** What is visible, by key, time and sequence. */
class Model {
  rows: Row[] = []
  observedMs = -1

  copy(): Model {
    const copy = new Model()
    copy.rows = this.rows.slice()
    copy.observedMs = this.observedMs
    return copy
  }

  set(row: Row, text: string | undefined): void {
    this.rows = this.rows.filter((each) => byPlace(each, row) !== 0)
    if (text !== undefined) this.rows.push({ ...row, text })
    this.observedMs = Math.max(this.observedMs, row.timeMs)
  }

  get visibleFromMs(): number {
    return this.observedMs - retentionMs + 1
  }

  find(wanted: string | undefined, fromMs: number, toMs: number): Row[] {
    return this.rows
      .filter((row) => (wanted === undefined || row.key === wanted) && row.timeMs >= fromMs && row.timeMs <= toMs)
      .toSorted(byPlace)
  }
}

for (const { kind, runs } of engineKinds) {
  describe(`rows of a store with duplicates on the engine ${kind.name}`, () => {
    // Nothing stays in memory; a few rows do; everything does.
    for (const residentBytesMax of [0, 5000, 1_000_000]) {
      test(`every read agrees with a list, through commits, restarts and failed commits (${residentBytesMax} bytes in memory)`, () => {
        const place = kind.place()
        const space = place.open()
        fc.assert(
          fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
            space.wipe('s1')
            const open = () => new WindowRowsEngine(space.open('s1'), retentionMs, true, residentBytesMax)
            let engine = open()
            let model = new Model()
            let committed = new Model()
            let sequence = 0
            const check = (): void => {
              const fromMs = model.visibleFromMs
              const rowsOf = (found: ReturnType<typeof engine.find>) =>
                found.map((row) => ({
                  key: row.key,
                  timeMs: row.timeMs,
                  sequence: row.sequence,
                  text: row.value.toString(),
                }))
              for (const each of keys) {
                assert.deepEqual(rowsOf(engine.find(each, fromMs, Infinity)), model.find(each, fromMs, Infinity))
                const [low, high] = [Math.max(fromMs, 1_000_005), 1_199_999]
                assert.deepEqual(rowsOf(engine.find(each, low, high)), model.find(each, low, high))
              }
              assert.deepEqual(rowsOf(engine.scan(fromMs, Infinity)), model.find(undefined, fromMs, Infinity))
            }
            for (const each of steps) {
              if (each.do === 'append') {
                const row = { key: each.key, timeMs: each.timeMs, sequence: ++sequence, text: each.value }
                if (row.timeMs < model.visibleFromMs) continue
                model.set(row, row.text)
                engine.append(row.key, row.timeMs, row.sequence, row.text, model.visibleFromMs)
              } else if (each.do === 'replace' || each.do === 'delete') {
                const row = model.rows[each.nth % model.rows.length]
                if (row === undefined || row.timeMs < model.visibleFromMs) continue
                const text = each.do === 'replace' ? each.value : undefined
                model.set(row, text)
                const bytes = text === undefined ? undefined : Buffer.from(text)
                engine.replace({ ...row, value: bytes }, model.visibleFromMs)
              } else if (each.do === 'discard') {
                engine.reload()
                model = committed.copy()
              } else {
                const writes = engine.takeWrites(model.observedMs, model.visibleFromMs)
                space.commit(new Map([['s1', writes]]), new Map())
                committed = model.copy()
                if (each.do === 'reopen') engine = open()
              }
              check()
            }
          }),
          { seed: 42, numRuns: runs },
        )
        space.close()
        place.remove()
      })
    }
  })
}

describe('rows of a store with duplicates', () => {
  const [{ kind } = { kind: undefined }] = engineKinds
  assert.ok(kind !== undefined)

  test('what has expired leaves neither memory nor chunks behind, and what expires before its commit is never written', () => {
    const space = kind.place().open()
    const engine = new WindowRowsEngine(space.open('s1'), 100, true)
    const rowsPerCommit = 1000
    let chunks = 0
    for (let timeMs = 0; timeMs < 50_000; timeMs++) {
      engine.append(`key ${timeMs % 100}`, timeMs, timeMs, 'x'.repeat(50), timeMs - 99)
      if (timeMs % rowsPerCommit !== 0) continue
      const writes = engine.takeWrites(timeMs, timeMs - 99)
      chunks = Math.max(chunks, writes.filter((write) => write.value !== null).length)
      space.commit(new Map([['s1', writes]]), new Map())
    }
    assert.ok(engine.rows.bytes < 30_000, `${engine.rows.bytes} bytes for 100 rows`)
    assert.ok(chunks <= 5, `${chunks} chunks in one commit`)
    assert.ok([...space.open('s1').range(undefined, undefined, false)].length <= 10)
    assert.equal(engine.find('key 99', 49_900, Infinity).length, 1)
    space.close()
  })

  test('a look-up walks no further back than its stretch of time, however many rows a key has', () => {
    const space = kind.place().open()
    const engine = new WindowRowsEngine(space.open('s1'), 10_000_000, true, 1e9)
    const count = 200_000
    const startMs = performance.now()
    for (let timeMs = 0; timeMs < count; timeMs++) {
      engine.append('hot', timeMs, timeMs, 'x', -Infinity)
      assert.equal(engine.rows.find('hot', timeMs - 1, timeMs).length, timeMs === 0 ? 1 : 2)
    }
    // Looking through all rows would take minutes.
    assert.ok(performance.now() - startMs < 20_000)
    space.close()
  })
})
