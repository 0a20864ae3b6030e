import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import { codeBlocks, shownOutputs } from '../documents.ts'
import type { CodeBlock } from '../documents.ts'
import { root } from '../source-files.ts'

// Inside the workspace, so that the packages are found as a reader's program finds them.
const folder = join(root, '.cache', 'documents')

/** What tells programs that need a cluster, a port of their own, or a test runner. */
const needsMore = /bootstrapServers|startBroker|fetch\(|'node:test'/

function fileOf({ path, line }: CodeBlock): string {
  return join(folder, `${path.replaceAll(/[^\w]+/g, '-')}-line-${line}.ts`)
}

before(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const programs = codeBlocks().filter(({ language }) => language === 'ts')
  assert.ok(programs.length > 10)
  // A program of its own even where it imports nothing.
  for (const program of programs) writeFileSync(fileOf(program), `${program.text}\nexport {}\n`)
})

// Programs that name no state directory use the user's, which others on this machine may be using.
const stateHome = process.env['XDG_STATE_HOME']

before(() => {
  process.env['XDG_STATE_HOME'] = join(folder, 'state')
})

after(() => {
  if (stateHome === undefined) delete process.env['XDG_STATE_HOME']
  else process.env['XDG_STATE_HOME'] = stateHome
  rmSync(folder, { recursive: true, force: true })
})

test('every TypeScript example of the documents is a program that compiles by itself', () => {
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
})

test('every program of the documents prints what stands below it', async () => {
  const shown = shownOutputs()
  assert.ok(shown.length > 20)
  for (const { program, output } of shown) {
    const printed = await printedBy(fileOf(program))
    assert.equal(printed, output.text, `${program.path}, line ${program.line}, prints what line ${output.line} says`)
  }
})

test('the other programs of the documents run to their end, if they need no cluster', async () => {
  const withOutput = new Set(shownOutputs().map(({ program }) => fileOf(program)))
  const others = codeBlocks().filter(
    (block) => block.language === 'ts' && !withOutput.has(fileOf(block)) && !needsMore.test(block.text),
  )
  assert.ok(others.length > 10)
  for (const program of others) {
    try {
      await printedBy(fileOf(program))
    } catch (cause) {
      throw new Error(`${program.path}, line ${program.line}, does not run`, { cause })
    }
  }
})

test('a block of output stands below the program that prints it', () => {
  const shown = new Set(shownOutputs().map(({ output }) => `${output.path}:${output.line}`))
  const lost = codeBlocks().filter(
    ({ path, line, language, note }) =>
      language === 'text' && note === 'output' && path.startsWith('docs/') && !shown.has(`${path}:${line}`),
  )
  assert.deepEqual(
    lost.map(({ path, line }) => `${path}:${line}`),
    [],
  )
})

/** What a program writes to the console until it has run to its end. */
async function printedBy(file: string): Promise<string> {
  const write = console.log
  let printed = ''
  console.log = (...values: unknown[]) => {
    printed += `${format(...values)}\n`
  }
  try {
    await import(pathToFileURL(file).href)
  } catch (error) {
    // What the program has left open (a broker, clients) would keep this process from ending.
    setTimeout(() => process.exit(1), 5000)
    throw error
  } finally {
    console.log = write
  }
  return printed
}
