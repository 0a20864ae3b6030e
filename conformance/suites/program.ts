import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'

/** What a program printed, on both outputs as it came, and how it ended. */
export interface ProgramRun {
  readonly output: string
  readonly status: number | null
  /** It was ended because its time was up. */
  readonly timedOut: boolean
}

export interface ProgramOptions {
  readonly cwd?: string
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** A file that gets the output too. */
  readonly logPath?: string
}

/** A test that prints without end must not fill the memory: what comes later is dropped. */
const outputMaxLength = 64 * 1024 * 1024

/** Runs a program to its end, or until its time is up; then it and all that it has started are killed. */
export async function runProgram(
  command: string,
  argv: readonly string[],
  options: ProgramOptions,
): Promise<ProgramRun> {
  // In a group of its own, so that what it starts can be ended with it.
  const child = spawn(command, argv, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  let timedOut = false
  const take = (text: string): void => {
    if (output.length < outputMaxLength) output += text
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  const end = (): void => endGroup(child.pid)
  const timer = setTimeout(() => {
    timedOut = true
    end()
  }, options.timeoutMs)
  process.once('exit', end)
  try {
    const [status] = (await once(child, 'close')) as [number | null]
    if (options.logPath !== undefined) writeFileSync(options.logPath, output)
    return { output, status, timedOut }
  } finally {
    clearTimeout(timer)
    process.off('exit', end)
  }
}

/** Runs a step of fetching or building; that it fails is an error with all it said. */
export async function runStep(
  what: string,
  command: string,
  argv: readonly string[],
  options: Partial<ProgramOptions> = {},
): Promise<string> {
  process.stdout.write(`${what} ...\n`)
  const run = await runProgram(command, argv, { timeoutMs: 30 * 60_000, ...options })
  if (run.status !== 0)
    throw new Error(
      `${what} failed: ${command} ${argv.join(' ')} ended with ${String(run.status)}\n${tail(run.output)}`,
    )
  return run.output
}

function tail(text: string): string {
  return text.split('\n').slice(-40).join('\n')
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
