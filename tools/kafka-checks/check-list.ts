import { setTimeout as sleep } from 'node:timers/promises'

const checkTimeoutMs = 120_000

/** Runs named checks one after the other, prints a line for each, and counts. */
export class CheckList {
  readonly #timeoutMs: number
  passed = 0
  failed = 0

  /** Each check may take so long. */
  constructor(timeoutMs: number = checkTimeoutMs) {
    this.#timeoutMs = timeoutMs
  }

  async check(name: string, run: () => Promise<void>): Promise<void> {
    const startMs = performance.now()
    const abort = new AbortController()
    try {
      const late = sleep(this.#timeoutMs, undefined, { signal: abort.signal }).then(() => {
        throw new Error(`not done within ${this.#timeoutMs / 1000} s`)
      })
      await Promise.race([run(), late])
      this.passed += 1
      process.stdout.write(`ok      ${name} (${((performance.now() - startMs) / 1000).toFixed(1)} s)\n`)
    } catch (error) {
      this.failed += 1
      process.stdout.write(
        `FAILED  ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      )
    } finally {
      abort.abort()
    }
  }

  /** The line that counts, alone. */
  report(skipped = 0): boolean {
    process.stdout.write(`${this.passed} passed, ${this.failed} failed, ${skipped} skipped\n`)
    return this.failed === 0 && this.passed > 0
  }
}
