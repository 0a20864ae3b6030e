/**
 * `npm run build`: makes each package publishable under `.stage/<package>`: JavaScript with its types and maps, a
 * manifest whose exports point at them, README and licence. `--pack` makes tarballs too.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, entriesOf, oldestNode } from './bundle.ts'
import { root } from './source-files.ts'

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly devDependencies?: unknown
  readonly [field: string]: unknown
}

const stage = join(root, '.stage')

function run(command: string, argv: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, encoding: 'utf8' })
  if (status === 0) return
  process.stderr.write(`${command} ${argv.join(' ')} failed in ${cwd}:\n${stdout ?? ''}${stderr ?? ''}\n`)
  process.exit(1)
}

/** `./src/x.ts` → `./dist/x.js`. */
function built(source: string): string {
  return source.replace('./src/', './dist/').replace(/\.ts$/, '.js')
}

function stageManifest(manifest: Manifest): Record<string, unknown> {
  const { devDependencies: _development, ...kept } = manifest
  const exports = Object.entries(manifest.exports).map(([path, source]) => {
    const code = built(source)
    return [path, { types: code.replace(/\.js$/, '.d.ts'), default: code }] as const
  })
  return {
    ...kept,
    ...(manifest.bin === undefined
      ? {}
      : { bin: Object.fromEntries(Object.entries(manifest.bin).map(([name, source]) => [name, built(source)])) }),
    exports: { ...Object.fromEntries(exports), './package.json': './package.json' },
    files: ['dist', 'bin', 'config', 'README.md', 'LICENSE'],
    engines: { node: `>=${oldestNode}` },
    repository: {
      type: 'git',
      url: 'git+https://github.com/streamwright/streamwright.git',
      directory: `packages/${manifest.name.split('/').at(-1) ?? ''}`,
    },
  }
}

async function buildPackage(folder: string): Promise<void> {
  const source = join(root, 'packages', folder)
  const target = join(stage, folder)
  const types = ['--emitDeclarationOnly', '--outDir', join(target, 'dist')]
  run('tsc', ['-p', 'tsconfig.build.json', ...types], source)
  await bundle(entriesOf(source), join(target, 'dist'))
  const manifest: Manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(stageManifest(manifest), null, 2)}\n`)
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'))
  cpSync(join(source, 'README.md'), join(target, 'README.md'))
}

/** Kafka's scripts, in front of the published program instead of the sources. */
function addScripts(target: string): void {
  cpSync(join(root, 'config'), join(target, 'config'), { recursive: true })
  cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true })
  const script = '#!/bin/sh\nexec node "$(dirname "$0")/../dist/main.js" "$@"\n'
  writeFileSync(join(target, 'bin', 'streamwright'), script, { mode: 0o755 })
}

/** Lets the built packages find one another where they lie, instead of the sources of this workspace. */
function linkPackages(names: readonly string[]): void {
  const scope = join(stage, 'node_modules', '@streamwright')
  mkdirSync(scope, { recursive: true })
  for (const name of names) symlinkSync(join(stage, name), join(scope, name), 'junction')
}

rmSync(stage, { recursive: true, force: true })
mkdirSync(stage)
const folders = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
for (const { name } of folders) await buildPackage(name)
addScripts(join(stage, 'cli'))
linkPackages(folders.map(({ name }) => name))
for (const { name } of folders) run('publint', ['--strict'], join(stage, name))
if (process.argv.includes('--pack')) {
  for (const { name } of folders)
    run('npm', ['pack', '--pack-destination', stage, '--loglevel=error'], join(stage, name))
}
process.stdout.write(`Built ${folders.length} packages in .stage\n`)
