import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codeBlocks } from '../documents.ts'
import { root, sourceFiles } from '../source-files.ts'

/** Where each command of a README is run, and the words there that show it. Part of the beginning is enough. */
const coverage: readonly { readonly command: string; readonly file: string; readonly evidence: string }[] = [
  { command: 'npm start', file: 'packages/cli/test/start.integration.test.ts', evidence: "'start', '--port'" },
  {
    command: 'echo hello | npm start',
    file: 'packages/cli/test/start.integration.test.ts',
    evidence: "'start', '--port'",
  },
  {
    command: 'npx streamwright start',
    file: 'packages/cli/test/start.integration.test.ts',
    evidence: "'start', '--port'",
  },
  {
    command: 'npx streamwright topics',
    file: 'tools/test/packages.integration.test.ts',
    evidence: "node_modules/.bin/streamwright', 'topics'",
  },
  { command: 'npm test', file: '.ci/run', evidence: 'npm test' },
  { command: 'npm run check', file: '.ci/run', evidence: 'npm run check' },
  { command: 'npm run test:clients', file: '.ci/run', evidence: 'npm run test:clients' },
  { command: 'npm run test:kafka', file: '.ci/run', evidence: 'npm run test:kafka' },
  { command: 'npm run vectors', file: 'conformance/test/streams.test.ts', evidence: 'run' },
  {
    command: 'npm run oracle',
    file: 'conformance/test/oracle.test.ts',
    evidence: "conformance/oracle/main.ts', '--cases'",
  },
  { command: 'npm run generate', file: 'tools/test/codegen/generate.test.ts', evidence: 'generate' },
  { command: 'npm run example -- word-count', file: 'examples/test/examples.test.ts', evidence: 'run(wordCount' },
  {
    command: 'npm run example -- stock-statistics',
    file: 'examples/test/examples.test.ts',
    evidence: 'run(stockStatistics',
  },
  {
    command: 'npm run example -- ',
    file: 'examples/test/programs.test.ts',
    evidence: 'await runProgram(program',
  },
  { command: 'npm run fuzz', file: 'tools/test/fuzz.test.ts', evidence: 'fuzzBroker' },
  { command: 'bin/', file: 'tools/test/quickstart.integration.test.ts', evidence: 'documentedSession()' },
]

function documentedCommands(): string[] {
  const isReadme = (path: string): boolean => path.endsWith('README.md')
  const inBlocks = codeBlocks()
    .filter(({ path, language }) => isReadme(path) && language === 'sh')
    .flatMap(({ text }) => text.trim().split('\n'))
  const readmes = [
    ...sourceFiles('.', ['README.md']).filter(({ path }) => !path.includes('/')),
    ...['packages', 'examples', 'conformance', 'bench'].flatMap((folder) => sourceFiles(folder, ['README.md'])),
  ]
  const inText = readmes.flatMap(({ text }) =>
    [...text.matchAll(/`((?:npm |npx |node |echo |bin\/)[^`\n]+)`/g)].map((match) => match[1] ?? ''),
  )
  return [...new Set([...inBlocks, ...inText])]
}

test('every command that a README shows is run by a test', () => {
  const commands = documentedCommands()
  assert.ok(commands.length > 10)
  assert.deepEqual(
    commands.filter((command) => !coverage.some((covered) => command.startsWith(covered.command))),
    [],
  )
  for (const { file, evidence } of coverage) {
    assert.ok(readFileSync(join(root, file), 'utf8').includes(evidence), `${file} has ${evidence}`)
  }
})
