import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { RecordBatch } from '@streamwright/protocol'
import { delay, environmentWith, silentLog, systemTimers } from '@streamwright/std'
import { LogDirectory } from '../../src/log/log-directory.ts'
import { defaultLogSettings } from '../../src/log/log-settings.ts'
import { readAll } from './harness.ts'

const program = fileURLToPath(new URL('appender.ts', import.meta.url))

test('what a process acknowledged before it was killed is there, again and again', { timeout: 60_000 }, async () => {
  const path = mkdtempSync(join(tmpdir(), 'streamwright-kill-'))
  const data = join(path, 'data')
  const notes = join(path, 'notes')
  try {
    for (let round = 0; round < 4; round++) {
      const before = existsSync(notes) ? statSync(notes).size : 0
      const child = spawn(process.execPath, [program, data, notes], { stdio: 'inherit' })
      while (!existsSync(notes) || statSync(notes).size < before + 1_000_000) await delay(systemTimers, 5)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const directory = await LogDirectory.open({
      path: data,
      environment: environmentWith({ log: silentLog }),
      settingsOf: () => defaultLogSettings,
    })
    assert.equal(directory.wasCleanShutdown, false)
    const log = directory.get('topic', 0)
    assert.ok(log !== undefined)
    assert.equal(log.leaderEpoch, 4)
    const values = new Map<number, string>()
    for (const { bytes } of readAll(log)) {
      for (const batch of RecordBatch.read(bytes)) {
        batch.ensureValid()
        const cursor = batch.records()
        while (cursor.next()) values.set(cursor.offset, cursor.value()?.toString() ?? '')
      }
    }
    assert.equal(values.size, log.endOffset)
    // The last line of each round may be cut short.
    const acknowledged = readFileSync(notes, 'utf8').matchAll(/^(\d+) (\d+ \d+ x*)\n/gm)
    let count = 0
    for (const [, offset, value] of acknowledged) {
      assert.equal(values.get(Number(offset)), value)
      count++
    }
    assert.ok(count > 1000)
    await directory.close()
  } finally {
    rmSync(path, { recursive: true })
  }
})
