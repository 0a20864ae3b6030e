import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null
  readonly out: string
  readonly error: string
}

/** A program in a process of its own that one types to, and whose answers one awaits. */
export class ConversingProcess {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #closed: Promise<unknown[]>
  #out = ''
  #error = ''

  constructor(program: string, argv: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const environment = { ...process.env, ...settings }
    // These tests may run by npm themselves; what they start is not to know.
    if (settings['npm_lifecycle_event'] === undefined) delete environment['npm_lifecycle_event']
    this.#child = spawn(program, argv, { env: environment })
    this.#closed = once(this.#child, 'close')
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#out += text))
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#error += text))
    // It may end before it has read everything.
    this.#child.stdin.on('error', () => undefined)
  }

  /** What it has written to standard output so far. */
  get out(): string {
    return this.#out
  }

  type(text: string): void {
    this.#child.stdin.write(text)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Resolves when its standard output matches; an error when it ends before. */
  async says(pattern: RegExp): Promise<void> {
    await this.#until(this.#child.stdout, () => pattern.test(this.#out))
  }

  /** The same for standard error. */
  async saysBeside(pattern: RegExp): Promise<void> {
    await this.#until(this.#child.stderr, () => pattern.test(this.#error))
  }

  /** Types the rest and waits until it, and everything that it has started, has ended. */
  async ended(rest?: string): Promise<Ended> {
    if (rest !== undefined) this.#child.stdin.end(rest)
    await this.#closed
    return { status: this.#child.exitCode, out: this.#out, error: this.#error }
  }

  async #until(stream: NodeJS.ReadableStream, isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      const ended = this.#closed.then(() => 'ended')
      if ((await Promise.race([once(stream, 'data'), ended])) === 'ended' && !isThere()) {
        throw new Error(`It ended with ${String(this.#child.exitCode)}:\n${this.#out}\n${this.#error}`)
      }
    }
  }
}
