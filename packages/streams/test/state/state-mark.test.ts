import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createLog, silentLog } from '@streamwright/std'
import { LmdbEngineSpace } from '../../src/state/engine/lmdb-engine.ts'
import { dataFile, markFile } from '../../src/state/engine/state-mark.ts'

function withDirectory(run: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'streamwright-mark-'))
  try {
    run(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function writeOne(directory: string): void {
  const space = new LmdbEngineSpace(directory, silentLog)
  space.commit(new Map([['s', [{ key: Buffer.from('k'), value: Buffer.from('v') }]]]), new Map([['s', 5]]))
  space.close()
}

describe('the mark beside the LMDB file', () => {
  for (const mark of ['1:another-boot', '0:', undefined]) {
    test(`garbage with the mark ${mark ?? '(none)'} opens empty, and a warning names the directory`, () => {
      withDirectory((directory) => {
        writeFileSync(join(directory, dataFile), Buffer.alloc(65_536, 0xaa))
        if (mark !== undefined) writeFileSync(join(directory, markFile), mark)
        const lines: string[] = []
        const space = new LmdbEngineSpace(directory, createLog({ level: 'warn', write: (line) => lines.push(line) }))
        assert.equal(space.position('s'), undefined)
        assert.equal(space.open('s').get(Buffer.from('k')), undefined)
        space.close()
        assert.equal(lines.length, 1)
        assert.ok(lines[0]?.includes(directory))
      })
    })
  }

  test('state of this boot stays, and the mark is left as it is', () => {
    withDirectory((directory) => {
      writeOne(directory)
      const mark = readFileSync(join(directory, markFile), 'utf8')
      const space = new LmdbEngineSpace(directory, silentLog)
      assert.equal(space.position('s'), 5)
      space.close()
      assert.equal(readFileSync(join(directory, markFile), 'utf8'), mark)
      assert.equal(existsSync(join(directory, `${markFile}.tmp`)), false)
    })
  })

  test('state of another boot is wiped', () => {
    withDirectory((directory) => {
      writeOne(directory)
      writeFileSync(join(directory, markFile), '1:another-boot')
      const space = new LmdbEngineSpace(directory, silentLog)
      assert.equal(space.position('s'), undefined)
      space.close()
    })
  })
})
