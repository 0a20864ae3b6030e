import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pinned } from '../pinning.ts'

export interface LoadRun {
  readonly bootstrapServers: string
  readonly topic: string
  readonly records: number
  readonly sizeBytes: number
  readonly acks: '1' | 'all'
  readonly cpus: string
}

/** A foreign program that produces and consumes, as its project ships it. */
export interface Load {
  readonly name: string
  /** Records per second by its own clock. */
  produce(run: LoadRun): Promise<number>
  consume(run: LoadRun): Promise<number>
  /** The 99th percentile, in milliseconds, of the time to an acknowledgement at a rate; undefined: it does not tell. */
  latencyAt?(run: LoadRun, recordsPerSecond: number): Promise<number>
}

/** What a program wrote, standard error included; an error when it failed. */
export async function outputOf(
  cpus: string,
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const [program, ...argv] = pinned(cpus, command)
  const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (output += text))
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${child.exitCode}:\n${output}`)
  return output
}

/** The number that a pattern finds last. */
export function lastNumber(output: string, pattern: RegExp): number {
  const found = [...output.matchAll(pattern)].at(-1)?.[1]
  if (found === undefined) throw new Error(`No figure in:\n${output}`)
  return Number(found)
}
