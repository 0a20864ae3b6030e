import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codeBlocks } from '../documents.ts'
import { root } from '../source-files.ts'

// Inside the workspace, so that the packages are found as a reader's program finds them.
const folder = join(root, '.cache', 'documents')

test('every TypeScript example of the documents is a program that compiles by itself', () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const examples = codeBlocks().filter(({ language }) => language === 'ts')
  assert.ok(examples.length > 10)
  for (const { path, line, text } of examples) {
    const name = `${path.replaceAll(/[^\w]+/g, '-')}-line-${line}.ts`
    // A program of its own even where it imports nothing.
    writeFileSync(join(folder, name), `${text}\nexport {}\n`)
  }
  const options = {
    incremental: false,
    isolatedDeclarations: false,
    declaration: false,
    declarationMap: false,
    noUnusedLocals: false,
  }
  const config = { extends: '../../tsconfig.json', compilerOptions: options, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' })
  assert.equal(stdout, '')
  rmSync(folder, { recursive: true, force: true })
})
