import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../tools/source-files.ts'

let folder: string | undefined

/** The folder of the packages as they are published, built once. From them programs start as they do for a user. */
export function builtPackages(): string {
  folder ??= build()
  return folder
}

function build(): string {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools', 'build.ts')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The packages cannot be built: ${stderr}`)
  return join(root, '.stage')
}
