/** Where a runner says what became of a case. Names say which file and which case, so that one can find it again. */
export interface Report {
  pass(name: string): void
  /** `why` may have several lines. */
  fail(name: string, why: string): void
  /** For what is not built yet, or is not ours to do. */
  skip(name: string, reason: string): void
  /** Ours differs on purpose. Also used for failures that `differences.json` names. */
  difference(name: string, reason: string): void
}

/** A deliberate difference: the name of the case, `*` standing for any characters, and why ours does otherwise. */
export interface Difference {
  readonly case: string
  readonly reason: string
}

/** Counts, and keeps what has to be printed. */
export class CountingReport implements Report {
  passed = 0
  readonly failures: { readonly name: string; readonly why: string }[] = []
  readonly skips: { readonly name: string; readonly reason: string }[] = []
  readonly differences: { readonly name: string; readonly reason: string }[] = []
  readonly #deliberate: readonly { readonly pattern: RegExp; readonly reason: string }[]

  constructor(deliberate: readonly Difference[] = []) {
    this.#deliberate = deliberate.map((difference) => ({
      pattern: new RegExp(
        `^${difference.case
          .split('*')
          .map((text) => RegExp.escape(text))
          .join('.*')}$`,
        's',
      ),
      reason: difference.reason,
    }))
  }

  pass(_name: string): void {
    this.passed++
  }

  fail(name: string, why: string): void {
    const deliberate = this.#deliberate.find(({ pattern }) => pattern.test(name))
    if (deliberate === undefined) this.failures.push({ name, why })
    else this.difference(name, deliberate.reason)
  }

  skip(name: string, reason: string): void {
    this.skips.push({ name, reason })
  }

  difference(name: string, reason: string): void {
    this.differences.push({ name, reason })
  }

  /** The last line: `N passed, N failed, N skipped`. */
  summary(): string {
    return `${this.passed} passed, ${this.failures.length} failed, ${this.skips.length} skipped`
  }
}

/** Runs one case: it passes unless `check` throws, and the message of the error is why it failed. */
export function runCase(report: Report, name: string, check: () => void): void {
  try {
    check()
  } catch (thrown) {
    report.fail(name, thrown instanceof Error ? thrown.message : String(thrown))
    return
  }
  report.pass(name)
}
