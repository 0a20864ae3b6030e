import { PassThrough } from 'node:stream'
import type { Environment } from '@streamwright/std'
import { deferred, delay, systemTimers } from '@streamwright/std'
import type { Tool } from '../../packages/cli/src/command-line/tool.ts'
import { runTool } from '../../packages/cli/src/command-line/tool.ts'
import type { Printed } from './transcript.ts'

const signalExit: Readonly<Record<string, number>> = { INT: 130, TERM: 143 }
const awaitCheckMs = 10
const awaitMaxMs = 20_000
/** Longer than any time-out in a case. A tool that runs still is held to be one that does not end. */
const endMaxMs = 70_000

/** What a case has started and stops again. */
export interface RunningProgram {
  /** Resolves when it has printed a text so often. */
  says(text: string, count: number): Promise<void>
  /** Sends `INT`, `TERM` or `KILL`, closes its input (`EOF`), or only waits until it ends (`WAIT`). */
  stop(signal: string): Promise<Printed>
}

/** A tool that runs in this process, as its script would run it. */
export class RunningTool implements RunningProgram {
  readonly #stdin = new PassThrough()
  readonly #interruption = new AbortController()
  readonly #status: Promise<number>
  #out = ''
  #error = ''

  readonly #environment: Environment

  constructor(tool: Tool, argv: readonly string[], input: string, holdsInput: boolean, environment: Environment) {
    this.#environment = environment
    this.#stdin.write(input)
    if (!holdsInput) this.#stdin.end()
    this.#status = runTool(tool, argv, {
      stdin: this.#stdin,
      out: (text) => void (this.#out += text),
      error: (text) => void (this.#error += text),
      interrupted: this.#interruption.signal,
      environment,
    })
  }

  async says(text: string, count: number): Promise<void> {
    const { clock } = this.#environment
    const endMs = clock.monotonicMs() + awaitMaxMs
    while (this.#out.split(text).length <= count) {
      if (clock.monotonicMs() > endMs) throw new Error(`It never said ${text}, but: ${this.#out}${this.#error}`)
      await delay(systemTimers, awaitCheckMs)
    }
  }

  async stop(signal: string): Promise<Printed> {
    if (signal === 'EOF') this.#stdin.end()
    const asSignalled = signalExit[signal]
    if (asSignalled !== undefined) this.#interruption.abort()
    const late = deferred<undefined>()
    const timer = systemTimers.after(endMaxMs, () => late.resolve(undefined))
    const status = await Promise.race([this.#status, late.promise])
    timer.cancel()
    if (status === undefined) this.#interruption.abort()
    return { status: asSignalled ?? status ?? 'does not end', out: this.#out, error: this.#error }
  }
}
