import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { silentLog } from '@streamwright/std'
import { LmdbEngineSpace } from '../../src/state/engine/lmdb-engine.ts'

const program = join(import.meta.dirname, 'commit-for-ever.ts')
const kills = 6

/** Large commits go to LMDB in parts, and the position comes with the last of them. */
test('a process that is killed within a large commit leaves no position that is ahead of its rows', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'streamwright-killed-'))
  let last = 0
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
    // It says when a commit begins; which part of it this interrupts differs from time to time.
    for (let commits = 0; commits < 2 + (kill % 2); commits++) await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    const space = new LmdbEngineSpace(directory, silentLog)
    const engine = space.open('store')
    const position = space.position('store') ?? 0
    const values = new Set(Array.from(engine.range(undefined, undefined, false), ({ value }) => value.readInt32BE()))
    assert.ok(position > last)
    assert.ok(
      values.isSubsetOf(new Set([position, position + 1])),
      `position ${position}, values ${[...values].join()}`,
    )
    last = position
    space.close()
  }
  rmSync(directory, { recursive: true, force: true })
})
