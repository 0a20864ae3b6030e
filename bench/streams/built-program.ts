import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bundle } from '../../tools/bundle.ts'
import { root } from '../../tools/source-files.ts'

let program: Promise<string> | undefined

async function build(): Promise<string> {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools', 'build.ts')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The packages cannot be built: ${stderr}`)
  const target = join(root, '.stage', 'bench')
  await bundle({ anchors: join(root, 'bench', 'anchors.ts') }, target)
  return join(target, 'anchors.js')
}

/** Our program as a user runs it: on packages as they are published, which it starts from in 30 ms instead of 135. */
export function builtProgram(): Promise<string> {
  program ??= build()
  return program
}
