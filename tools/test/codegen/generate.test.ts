import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { generatedFiles } from '../../codegen/generate.ts'

const source = new URL('../../../packages/protocol/src/', import.meta.url)

test('the generated messages are what the definitions say: otherwise run `npm run generate`', () => {
  const files = generatedFiles()
  const stale = [...files].filter(([path, text]) => {
    const file = new URL(path, source)
    return !existsSync(file) || readFileSync(file, 'utf8') !== text
  })
  assert.deepEqual(
    stale.map(([path]) => path),
    [],
  )
  const left = readdirSync(new URL('messages/', source)).filter((name) => !files.has(`messages/${name}`))
  assert.deepEqual(left, [])
})
