import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { ApiKey } from '@streamwright/protocol'
import { registry } from '../../src/handlers/registry.ts'

test('the README tells every API that clients are told of, and no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const section = readme.slice(readme.indexOf('## What it serves'), readme.indexOf('## For tests'))
  const rows = [...section.matchAll(/^\| [a-z]+ \| (.+) \|$/gm)].map(([, row = '']) => row.replace(/\(.*?\)/g, ''))
  const told = rows.flatMap((row) => row.split(',').map((name) => name.trim()))
  const served = Object.entries(ApiKey)
    .filter(([, key]) => (registry.get(key)?.advertised ?? null) !== null)
    .map(([name]) => name)
  assert.deepEqual(told.toSorted(), served.toSorted())
})
