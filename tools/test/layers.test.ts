import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { confined, layers, packageOf } from '../layers.ts'
import { importsOf, root, sourceFiles } from '../source-files.ts'

describe('layers', () => {
  for (const [name, allowed] of Object.entries(layers)) {
    test(`${name} imports only ${allowed.join(', ') || 'nothing of ours'}`, () => {
      const upward = sourceFiles(`packages/${name}/src`, ['.ts']).flatMap((file) =>
        importsOf(file.text).flatMap((specifier) => {
          const owner = packageOf(specifier)
          return owner === undefined || owner === name || allowed.includes(owner) ? [] : [`${file.path} → ${specifier}`]
        }),
      )
      assert.deepEqual(upward, [])
    })

    test(`${name} declares what it may import`, () => {
      const manifest = JSON.parse(readFileSync(join(root, `packages/${name}/package.json`), 'utf8'))
      const declared = Object.keys(manifest.dependencies ?? {}).flatMap((dependency) => packageOf(dependency) ?? [])
      assert.deepEqual(
        declared.filter((dependency) => !allowed.includes(dependency)),
        [],
      )
    })

    test(`${name} reaches no other package by a path`, () => {
      const deep = sourceFiles(`packages/${name}/src`, ['.ts']).flatMap((file) =>
        importsOf(file.text)
          .filter(
            (specifier) =>
              specifier.startsWith('.') && !join(file.path, '..', specifier).startsWith(`packages/${name}/src/`),
          )
          .map((specifier) => `${file.path} → ${specifier}`),
      )
      assert.deepEqual(deep, [])
    })
  }

  test('libraries stay in the one folder that may touch them', () => {
    const strays = sourceFiles('packages', ['.ts']).flatMap((file) =>
      importsOf(file.text)
        .filter(
          (specifier) =>
            specifier in confined && file.path.includes('/src/') && !file.path.startsWith(confined[specifier] ?? ''),
        )
        .map((specifier) => `${file.path} → ${specifier}`),
    )
    assert.deepEqual(strays, [])
  })

  test('the test itself sees an import that spans lines, and a dynamic one', () => {
    assert.deepEqual(
      importsOf("import type {\n  A,\n} from 'a'\nexport { b } from './b.ts'\nawait import('c')\nimport 'd'\n"),
      ['a', './b.ts', 'c', 'd'],
    )
  })
})
