import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Random } from '@streamwright/std'
import { createLog, seededRandom, silentLog } from '@streamwright/std'
import { crc32c } from '@streamwright/protocol'
import type { EngineSpace, EngineWrite } from '../../../src/state/engine/engine.ts'
import { LogEngineSpace } from '../../../src/state/engine/log/log-engine-space.ts'
import { StorePosition } from '../../../src/state/store-position.ts'

const stores = ['one', 'two', 'three']

/** All that a space holds, as text: entries of each store, and its positions. */
function contents(space: EngineSpace): string[] {
  return stores.flatMap((store) => {
    const entries = [...space.open(store).range(undefined, undefined, false)].map(
      ({ key, value }) =>
        `${store} ${key.toString('hex')}=${value.length > 100 ? `${value.length} bytes, ${crc32c(value)}` : value.toString('hex')}`,
    )
    return [`${store} at ${space.position(store)}, input ${space.inputPosition(store)}`, ...entries]
  })
}

/** Commits something at random: short values and long ones, keys that share a bucket, deletions, wipes. */
function commitSomething(space: EngineSpace, random: Random, number: number): void {
  if (random.below(40) === 0) {
    space.wipe(stores[random.below(3)] ?? '')
    return
  }
  const writes = new Map<string, EngineWrite[]>()
  for (const store of stores.slice(0, 1 + random.below(3))) {
    const list = new Map<string, EngineWrite>()
    for (let left = random.below(20); left > 0; left--) {
      const key = Buffer.concat([Buffer.alloc(random.below(30) === 0 ? 1950 : 3, 1), Buffer.from([random.below(60)])])
      const value = random.below(4) === 0 ? null : random.bytes(random.below(random.below(10) === 0 ? 3000 : 40))
      list.set(key.toString('hex'), { key, value })
    }
    if (random.below(15) === 0) {
      // More than a frame holds: a cut may fall between the frames of a commit.
      for (let large = 0; large < 3; large++)
        list.set(`${large}`, { key: Buffer.from([9, large]), value: random.bytes(600_000) })
    }
    writes.set(store, [...list.values()])
  }
  const [store = ''] = writes.keys()
  space.commit(
    writes,
    new Map([[store, number]]),
    new Map([[store, new StorePosition(JSON.stringify({ in: { 0: number } }))]]),
  )
}

function withDirectory(run: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'streamwright-log-'))
  try {
    run(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function logFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.log'))
    .toSorted()
}

/** What the log held after each commit, and how long its file was then. */
interface Moment {
  readonly length: number
  readonly contents: readonly string[]
}

describe('a log that a crash or a power failure has cut', () => {
  for (const seed of [1, 2, 3]) {
    test(`goes on from the last whole commit, wherever the file ends or is torn (seed ${seed})`, () => {
      withDirectory((directory) => {
        const random = seededRandom(seed)
        const original = join(directory, 'original')
        const space = new LogEngineSpace(original, silentLog)
        const file = join(original, 'state-0000000001.log')
        space.commit(new Map(), new Map())
        const moments: Moment[] = [{ length: statSync(file).size, contents: contents(space) }]
        for (let number = 0; number < 60; number++) {
          commitSomething(space, random, number)
          moments.push({ length: statSync(file).size, contents: contents(space) })
        }
        const whole = readFileSync(file)
        for (let round = 0; round < 24; round++) {
          const copy = join(directory, `copy-${round}`)
          cpSync(original, copy, { recursive: true })
          const at = random.below(whole.length)
          const isCut = round % 2 === 0
          if (isCut) truncateSync(join(copy, 'state-0000000001.log'), at)
          else {
            const torn = Buffer.from(whole)
            torn[at] = (torn[at] ?? 0) ^ (1 + random.below(255))
            writeFileSync(join(copy, 'state-0000000001.log'), torn)
          }
          const expected = moments.findLast(({ length }) => length <= at)
          const warnings: string[] = []
          const recovered = new LogEngineSpace(copy, createLog({ level: 'warn', write: (line) => warnings.push(line) }))
          // Without a beginning nothing is left: the changelogs bring it back.
          assert.deepEqual(contents(recovered), expected?.contents ?? contents(emptySpace(directory)))
          assert.ok(warnings.length > 0 || moments.some(({ length }) => length === at))
          // It goes on: what is committed now is found again.
          commitSomething(recovered, random, 1000)
          const after = contents(recovered)
          recovered.close()
          const again = new LogEngineSpace(copy, silentLog)
          assert.deepEqual(contents(again), after)
          again.close()
          rmSync(copy, { recursive: true })
        }
        space.close()
      })
    })
  }

  test('needs no index file, and does not believe one of another boot, of a longer log, or a torn one', () => {
    withDirectory((directory) => {
      const original = join(directory, 'original')
      const space = new LogEngineSpace(original, silentLog)
      const random = seededRandom(9)
      for (let number = 0; number < 30; number++) commitSomething(space, random, number)
      const expected = contents(space)
      space.close()
      const index = readFileSync(join(original, 'state.index'))
      const wrongs: readonly [string, (copy: string) => void][] = [
        ['none', (copy) => rmSync(join(copy, 'state.index'))],
        [
          'of another boot',
          (copy) =>
            writeFileSync(
              join(copy, 'state.index'),
              Buffer.from(index.toString('latin1').replace(/"boot":"./, '"boot":"!'), 'latin1'),
            ),
        ],
        ['torn', (copy) => truncateSync(join(copy, 'state.index'), index.length - 1)],
        ['of nothing', (copy) => writeFileSync(join(copy, 'state.index'), '')],
      ]
      for (const [name, spoil] of wrongs) {
        const copy = join(directory, name.replaceAll(' ', '-'))
        cpSync(original, copy, { recursive: true })
        spoil(copy)
        const recovered = new LogEngineSpace(copy, silentLog)
        assert.deepEqual(contents(recovered), expected, name)
        recovered.close()
      }
      const shorter = join(directory, 'shorter')
      cpSync(original, shorter, { recursive: true })
      const file = join(shorter, logFiles(shorter).at(-1) ?? '')
      truncateSync(file, statSync(file).size - 1)
      const cut = new LogEngineSpace(shorter, silentLog)
      assert.notDeepEqual(contents(cut), expected)
      cut.close()
    })
  })

  test('drops what belongs to another version, with a warning', () => {
    withDirectory((directory) => {
      const space = new LogEngineSpace(directory, silentLog)
      commitSomething(space, seededRandom(3), 1)
      space.close()
      const file = join(directory, 'state-0000000001.log')
      const bytes = readFileSync(file)
      bytes.writeUInt32LE(99, 4)
      writeFileSync(file, bytes)
      const warnings: string[] = []
      const next = new LogEngineSpace(directory, createLog({ level: 'warn', write: (line) => warnings.push(line) }))
      assert.deepEqual(contents(next), contents(emptySpace(directory)))
      assert.match(warnings.join(), /another version/)
      next.close()
    })
  })
})

describe('cleaning of a log', () => {
  const value = Buffer.alloc(1000, 7)
  const key = (index: number): Buffer => Buffer.from(`k${index}`)

  /** Rewrites some of the keys, as a store does whose keys change at random. */
  function churn(space: EngineSpace, random: Random, model: Map<string, number>, commits: number): void {
    for (let commit = 0; commit < commits; commit++) {
      const list = new Map<number, EngineWrite>()
      for (let left = 0; left < 200; left++) {
        // Most writes go to few keys; what is written once stays live in old files.
        const index = random.below(20) === 0 ? random.below(3000) : random.below(100)
        if (random.below(10) === 0) {
          list.set(index, { key: key(index), value: null })
          model.delete(`k${index}`)
        } else {
          const number = random.below(250)
          list.set(index, { key: key(index), value: Buffer.concat([Buffer.from([number]), value]) })
          model.set(`k${index}`, number)
        }
      }
      space.commit(new Map([['one', [...list.values()]]]), new Map([['one', commit]]))
    }
  }

  function found(space: EngineSpace): Map<string, number> {
    return new Map(
      [...space.open('one').range(undefined, undefined, false)].map(({ key: at, value: bytes }) => [
        at.toString(),
        bytes[0] ?? -1,
      ]),
    )
  }

  function bytesOf(directory: string): number {
    return logFiles(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
  }

  test('keeps the log within twice what is live, and loses nothing by a crash, at any time', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-log-'))
    try {
      const place = join(directory, 'state')
      let space = new LogEngineSpace(place, silentLog)
      const random = seededRandom(5)
      const model = new Map<string, number>()
      let stale = false
      for (let round = 0; round < 12; round++) {
        churn(space, random, model, 30)
        // The disk answers between commits: only then an old file may go.
        await new Promise((resolve) => setImmediate(resolve))
        await syncs()
        assert.deepEqual(found(space), model)
        // A crash: the directory as it is now, without a close.
        const crashed = join(directory, `crashed-${round}`)
        cpSync(place, crashed, { recursive: true })
        const recovered = new LogEngineSpace(crashed, silentLog)
        assert.deepEqual(found(recovered), model)
        assert.equal(recovered.position('one'), 29)
        recovered.close()
        rmSync(crashed, { recursive: true })
        // Now and then a close, whose index grows old while the log goes on.
        if (round === 3) {
          space.close()
          space = new LogEngineSpace(place, silentLog)
          assert.deepEqual(found(space), model)
          stale = true
        }
      }
      assert.ok(stale)
      const live = model.size * 1015
      assert.ok(bytesOf(place) < live * 2 + 24 * 1024 * 1024, `${bytesOf(place)} bytes for ${live} live`)
      assert.ok(!logFiles(place).includes('state-0000000001.log'), 'the first file has gone')
      space.close()
      const last = new LogEngineSpace(place, silentLog)
      assert.deepEqual(found(last), model)
      last.close()
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test('leaves the files that an open snapshot reads', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-log-'))
    try {
      const space = new LogEngineSpace(directory, silentLog)
      const random = seededRandom(6)
      const model = new Map<string, number>()
      churn(space, random, model, 5)
      const before = new Map(model)
      const snapshot = space.open('one').snapshot()
      for (let round = 0; round < 6; round++) {
        churn(space, random, model, 30)
        await syncs()
      }
      const seen = new Map([...snapshot.range(undefined, undefined, false)].map((e) => [e.key.toString(), e.value[0]]))
      assert.deepEqual(seen, before)
      assert.ok(logFiles(directory).includes('state-0000000001.log'))
      snapshot.close()
      space.commit(new Map(), new Map())
      space.commit(new Map(), new Map())
      assert.ok(!logFiles(directory).includes('state-0000000001.log'))
      assert.deepEqual(found(space), model)
      space.close()
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test('says what to do when the disk is full, keeps what was committed, and goes on when there is room again', () => {
    if (process.platform === 'win32') return
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-log-'))
    try {
      // Files may have 512 blocks of 512 bytes or 1 KiB, depending on the shell: a limit on them acts as a full disk.
      const script = `trap '' XFSZ; ulimit -f 512; exec "$0" "$1" "$2"`
      const program = join(import.meta.dirname, 'fill-disk.ts')
      const { stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, program, directory])
      assert.match(
        stdout.toString(),
        /^STATE_WRITE_FAILED: Local state in .* cannot be written: .* Make room there/,
        stderr.toString(),
      )
      const committed = Number(/committed (\d+)/.exec(stdout.toString())?.[1])
      const space = new LogEngineSpace(directory, silentLog)
      assert.equal(space.position('one'), committed)
      assert.equal(space.open('one').approximateNumEntries(), committed)
      space.commit(new Map([['one', [{ key: key(9999), value }]]]), new Map([['one', 9999]]))
      assert.deepEqual(space.open('one').get(key(9999)), value)
      space.close()
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  /** Lets what the disk was asked for come back: as many turns of the thread pool as there are files. */
  async function syncs(): Promise<void> {
    const { open } = await import('node:fs/promises')
    const file = await open(join(tmpdir(), `streamwright-sync-${process.pid}`), 'w')
    for (let turn = 0; turn < 8; turn++) await file.sync()
    await file.close()
    rmSync(join(tmpdir(), `streamwright-sync-${process.pid}`))
  }
})

function emptySpace(directory: string): EngineSpace {
  return new LogEngineSpace(join(directory, 'empty'), silentLog)
}
