/**
 * `npm test`: everything that needs no JVM and no network.
 *
 * Tests run in one process, which starts 30 times faster than a process for each file; `*.integration.test.ts` start
 * and kill processes of their own, or need a heap of their own, and run one process per file.
 * Arguments narrow the run: `npm test -- packages/client`.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { root } from './source-files.ts'

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'))

const files = globSync(['packages/*/test/**/*.test.ts', '{tools,conformance,examples,bench}/**/*.test.ts'], {
  cwd: root,
})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules'))
  .filter((file) => folders.length === 0 || folders.some((folder) => file.startsWith(folder.replace(/\/$/, ''))))
  .toSorted()

const quietReporter = new URL('./test-reporter.ts', import.meta.url).href
const inOneProcess = files.filter((file) => !file.endsWith('.integration.test.ts'))
const isolated = files.filter((file) => file.endsWith('.integration.test.ts'))

interface Outcome {
  readonly passed: boolean
  readonly output: string
}

/** Runs test files and collects what they say. */
function run(title: string, argv: readonly string[], testFiles: readonly string[]): Promise<Outcome> {
  if (testFiles.length === 0) return Promise.resolve({ passed: true, output: '' })
  const reporter = `--test-reporter=${flags.includes('--verbose') ? 'spec' : quietReporter}`
  const child = spawn(process.execPath, ['--test', reporter, ...argv, ...testFiles], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let output = `${title}: ${testFiles.length} files\n`
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void (output += text))
  }
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ passed: status === 0, output }))
  })
}

// Side by side: the integration tests wait for processes most of the time.
const runs = [
  run('Tests', ['--test-isolation=none'], inOneProcess),
  run('Integration tests', ['--test-concurrency=2'], isolated),
]
for (const running of runs) {
  const { passed, output } = await running
  process.stdout.write(output)
  if (!passed) process.exitCode = 1
}
