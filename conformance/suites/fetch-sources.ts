import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../tools/source-files.ts'
import { runStep } from './program.ts'

/** Where a suite is kept and built: `.cache/conformance/NAME`. */
export function suiteFolder(name: string): string {
  const folder = join(root, '.cache', 'conformance', name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Where the checkout of a suite that no registry has is looked for: `.cache/conformance/NAME/sources`. */
export function defaultSources(name: string): string {
  return join('.cache', 'conformance', name, 'sources')
}

/** Unpacks what lies under `part` in the tarball of a package of npm, without running anything of it. */
export async function fetchNpmPackage(name: string, version: string, folder: string, part: string): Promise<string> {
  return fetchArchive(`${name}@${version} from npm`, folder, 'package', part, (into) => [
    'npm',
    ['pack', `${name}@${version}`, '--silent', '--pack-destination', into],
  ])
}

/** Unpacks the source distribution of a package of PyPI. */
export async function fetchPythonSources(name: string, version: string, folder: string): Promise<string> {
  const top = `${name.replaceAll('-', '_')}-${version}`
  return fetchArchive(`${name} ${version} from PyPI`, folder, top, top, (into) => [
    'python3',
    [
      ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-binary', ':all:'],
      ...['--dest', into, `${name}==${version}`],
    ],
  ])
}

async function fetchArchive(
  what: string,
  folder: string,
  top: string,
  part: string,
  command: (into: string) => readonly [string, readonly string[]],
): Promise<string> {
  const unpacked = join(folder, top)
  if (existsSync(unpacked)) return unpacked
  // Beside its place until it is whole, so that an interrupted run leaves nothing that looks whole.
  const partial = join(folder, 'partial')
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  await runStep(`Fetching ${what}`, ...command(partial))
  const archive = readdirSync(partial).find((name) => /\.(?:tgz|tar\.gz)$/.test(name))
  if (archive === undefined) throw new Error(`Fetching ${what} left no archive in ${partial}`)
  await runStep(`Unpacking ${archive}`, 'tar', ['xzf', archive, part], { cwd: partial })
  renameSync(join(partial, top), unpacked)
  rmSync(partial, { recursive: true, force: true })
  return unpacked
}
