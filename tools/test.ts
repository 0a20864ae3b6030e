/**
 * `npm test`: everything that needs no JVM and no network.
 *
 * Tests run in one process, which starts 30 times faster than a process for each file; `*.integration.test.ts` start
 * and kill processes of their own, or need a heap of their own, and run one process per file.
 * Arguments narrow the run: `npm test -- packages/client`.
 */
import { spawnSync } from 'node:child_process'
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

function run(title: string, argv: readonly string[], testFiles: readonly string[]): boolean {
  if (testFiles.length === 0) return true
  process.stdout.write(`${title}: ${testFiles.length} files\n`)
  const { status } = spawnSync(
    process.execPath,
    ['--test', `--test-reporter=${flags.includes('--verbose') ? 'spec' : quietReporter}`, ...argv, ...testFiles],
    { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } },
  )
  return status === 0
}

const unitPassed = run('Tests', ['--test-isolation=none'], inOneProcess)
const integrationPassed = run('Integration tests', ['--test-concurrency=2'], isolated)
process.exitCode = unitPassed && integrationPassed ? 0 : 1
