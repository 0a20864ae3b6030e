import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { deferred } from '@streamwright/std'

/** A program in a process of its own that is killed without warning. */
export interface KillableProcess {
  /** The first line it wrote. */
  readonly said: string
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>
}

/** Starts a program and waits for its first line; an error when it ends without one. */
export async function startProcess(program: string, argv: readonly string[]): Promise<KillableProcess> {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const said = deferred<string>()
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    const end = text.indexOf('\n')
    if (end >= 0) said.resolve(text.slice(0, end))
  })
  exited.then(
    ([status]) => said.reject(new Error(`${program} ended with ${String(status)} before it said anything`)),
    () => undefined,
  )
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  try {
    return { said: await said.promise, kill }
  } catch (error) {
    await kill()
    throw error
  }
}
