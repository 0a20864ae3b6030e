import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { CustomEngine, CustomEngineFactory } from '../../src/index.ts'
import { checkEngine } from '../../src/testing/index.ts'
import { arrayEngines } from '../state/array-engine.ts'

/** The engine that is right, with a fault. */
function faulty(fault: (engine: CustomEngine) => Partial<CustomEngine>): CustomEngineFactory {
  const right = arrayEngines()
  return {
    persistent: right.persistent,
    open(context) {
      const engine = right.open(context)
      const whole: CustomEngine = {
        get: (key) => engine.get(key),
        range: (...bounds) => engine.range(...bounds),
        snapshot: () => engine.snapshot(),
        approximateNumEntries: () => engine.approximateNumEntries(),
        apply: (...commit) => engine.apply(...commit),
        position: () => engine.position(),
        wipe: () => engine.wipe(),
        close: () => engine.close(),
      }
      return { ...whole, ...fault(engine) }
    },
  }
}

const faults: Readonly<Record<string, readonly [(engine: CustomEngine) => Partial<CustomEngine>, RegExp]>> = {
  'snapshots that go on with the engine': [
    (engine) => ({
      snapshot: () => ({
        get: (key) => engine.get(key),
        range: (...bounds) => engine.range(...bounds),
        close() {},
        [Symbol.dispose]() {},
      }),
    }),
    /snapshot/,
  ],
  'ranges that leave out their first key': [
    (engine) => ({
      range(from, to, reverse) {
        const range = engine.range(from, to, reverse)
        if (!reverse) range.next()
        return range
      },
    }),
    /a range shows the moment of its making|shows what was committed/,
  ],
  'ranges that go on after they were closed': [
    (engine) => ({
      range: (...bounds) =>
        Object.assign(engine.range(...bounds), { return: () => ({ done: true as const, value: undefined }) }),
    }),
    /a range that was closed gives out nothing more/,
  ],
  'no deletion': [
    (engine) => ({
      apply: (writes, position) =>
        engine.apply(
          writes.filter(({ value }) => value !== null),
          position,
        ),
    }),
    /get of|shows/,
  ],
  'a position that is forgotten': [
    (engine) => ({ apply: (writes) => engine.apply(writes, undefined) }),
    /the position is that of the last commit that had one/,
  ],
  'a position that outlives a wipe': [
    (engine) => {
      let last: number | undefined
      return {
        apply(writes, position) {
          last = position ?? last
          engine.apply(writes, position)
        },
        position: () => engine.position() ?? last,
      }
    },
    /position/,
  ],
}

describe('checkEngine', () => {
  test('lets an engine pass that is right, whatever the seed', () => {
    for (const seed of [1, 2, 3]) checkEngine(arrayEngines(), { seed, runs: 30 })
  })

  for (const [name, [fault, message]] of Object.entries(faults)) {
    test(`finds ${name}, and tells what led there`, () => {
      assert.throws(
        () => checkEngine(faulty(fault)),
        (error: Error) => {
          assert.equal(error.name, 'AssertionError')
          assert.match(error.message, message)
          assert.match(error.message, /Run \d+ of seed 1; the last steps were:\n {2}\{"do":/)
          return true
        },
      )
    })
  }

  test('finds rows that are lost by a restart', () => {
    assert.throws(() => checkEngine({ persistent: true, open: (context) => arrayEngines().open(context) }), {
      message: /restart/,
    })
    checkEngine({ persistent: false, open: (context) => arrayEngines().open(context) }, { runs: 20 })
  })

  test('hands on where files may be', () => {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-check-'))
    const seen = new Set<string | undefined>()
    const right = arrayEngines()
    const noting: CustomEngineFactory = {
      persistent: true,
      open(context) {
        seen.add(context.directory)
        return right.open(context)
      },
    }
    checkEngine(noting, { runs: 2, directory })
    rmSync(directory, { recursive: true })
    assert.deepEqual([...seen], [directory])
  })
})
