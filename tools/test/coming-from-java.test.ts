import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { javaMethods } from '../compatibility/java-methods.ts'
import { root } from '../source-files.ts'

const page = readFileSync(join(root, 'docs/coming-from-java.md'), 'utf8')
/** The rows of the tables that say where classes went. */
const rows = page
  .slice(page.indexOf('## Where each class went'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Java'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, java = '', ours = '']) => ({ java, ours }))

/** Names in code marks that begin as those of classes do, and stand alone. */
function classesIn(text: string): string[] {
  return [...text.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name)
}

function exportsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  )
}

test('the page for those who come from Java names each class of its public interface', () => {
  const named = new Set(rows.flatMap(({ java }) => classesIn(java)))
  assert.deepEqual(
    [...javaMethods().keys()].filter((name) => !named.has(name)),
    [],
  )
})

test('what it says that classes became is there', () => {
  const indexes = [
    'streams/src/index.ts',
    'streams/src/testing/index.ts',
    'formats/src/index.ts',
    'std/src/index.ts',
    'client/src/index.ts',
  ]
  const known = new Set(indexes.flatMap((path) => exportsOf(`packages/${path}`)))
  assert.deepEqual(
    rows.flatMap(({ ours }) => classesIn(ours)).filter((name) => !known.has(name)),
    [],
  )
})
