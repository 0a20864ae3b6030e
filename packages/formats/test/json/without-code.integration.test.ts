import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

test('where code generation is refused, closures read and write the same', () => {
  const file = fileURLToPath(new URL('shaped-json.test.ts', import.meta.url))
  const flags = ['--disallow-code-generation-from-strings', '--test-reporter=tap']
  // Without the variable by which a runner speaks with its own processes.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const { status, stdout } = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8', env })
  assert.equal(status, 0, stdout)
  assert.match(stdout, /# pass [1-9]/)
})
