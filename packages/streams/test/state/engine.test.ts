import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { silentLog } from '@streamwright/std'
import * as fc from 'fast-check'
import type { EngineSpace } from '../../src/state/engine/engine.ts'
import { LmdbEngineSpace } from '../../src/state/engine/lmdb-engine.ts'
import { bucketKeyBytes } from '../../src/state/engine/long-keys.ts'
import { MemoryEngineSpace } from '../../src/state/engine/memory-engine.ts'

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

/** The oracle: pairs in the order of Buffer.compare. */
function expected(model: ReadonlyMap<string, Buffer>, from: Buffer | undefined, to: Buffer | undefined): string[] {
  return [...model]
    .map(([key, value]) => [Buffer.from(key, 'hex'), value] as const)
    .filter(([key]) => (from === undefined || key.compare(from) >= 0) && (to === undefined || key.compare(to) < 0))
    .toSorted(([left], [right]) => left.compare(right))
    .map(([key, value]) => `${key.toString('hex')}=${value.toString('hex')}`)
}

function read(entries: Iterable<{ readonly key: Buffer; readonly value: Buffer }>): string[] {
  return [...entries].map(({ key, value }) => `${key.toString('hex')}=${value.toString('hex')}`)
}

function holdsAgainstOracle(open: () => EngineSpace, runs: number): void {
  fc.assert(
    fc.property(fc.array(writes, { maxLength: 5 }), fc.option(keys), fc.option(keys), (commits, low, high) => {
      const space = open()
      const engine = space.open('store')
      const model = new Map<string, Buffer>()
      for (const commit of commits) {
        const unique = new Map(commit.map(([key, value]) => [key.toString('hex'), { key, value }]))
        space.commit(new Map([['store', [...unique.values()]]]), new Map([['store', model.size]]))
        for (const [name, { value }] of unique) {
          if (value === null) model.delete(name)
          else model.set(name, value)
        }
        for (const { key } of unique.values())
          assert.deepEqual(engine.get(key)?.toString('hex'), model.get(key.toString('hex'))?.toString('hex'))
      }
      const [from, to] = [low ?? undefined, high ?? undefined]
      assert.deepEqual(read(engine.range(from, to, false)), expected(model, from, to))
      assert.deepEqual(read(engine.range(from, to, true)), expected(model, from, to).toReversed())
      space.wipe('store')
      assert.deepEqual(read(engine.range(undefined, undefined, false)), [])
      assert.equal(space.position('store'), undefined)
    }),
    { numRuns: runs },
  )
}

describe('engines', () => {
  test('memory agrees with a sorted map', () => {
    holdsAgainstOracle(() => new MemoryEngineSpace(), 300)
  })

  test('LMDB agrees with a sorted map, empty and very long keys included', () => {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-engine-'))
    const space = new LmdbEngineSpace(directory, silentLog)
    try {
      holdsAgainstOracle(() => space, 60)
    } finally {
      space.close()
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test('data and position survive being closed, together', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-engine-'))
    try {
      const first = new LmdbEngineSpace(directory, silentLog)
      first.commit(
        new Map([['counts', [{ key: Buffer.from('a'), value: Buffer.from('1') }]]]),
        new Map([['counts', 7]]),
      )
      first.close()
      const second = new LmdbEngineSpace(directory, silentLog)
      assert.equal(second.open('counts').get(Buffer.from('a'))?.toString(), '1')
      assert.equal(second.position('counts'), 7)
      assert.equal(second.position('others'), undefined)
      second.close()
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
