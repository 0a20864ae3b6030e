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

/** A deliberate difference. In `case` and `failure`, `*` stands for any characters. */
export interface Difference {
  /** The name of the case. */
  readonly case: string
  /** How it fails; absent = in any way. */
  readonly failure?: string
  /** Why ours does otherwise. */
  readonly reason: string
}

/** Counts, and keeps what has to be printed. */
export class CountingReport implements Report {
  passed = 0
  readonly failures: { readonly name: string; readonly why: string }[] = []
  readonly skips: { readonly name: string; readonly reason: string }[] = []
  readonly differences: { readonly name: string; readonly reason: string }[] = []
  readonly #deliberate: readonly { readonly name: RegExp; readonly why: RegExp; readonly reason: string }[]

  constructor(deliberate: readonly Difference[] = []) {
    this.#deliberate = deliberate.map((difference) => ({
      name: wildcard(difference.case),
      why: wildcard(difference.failure ?? '*'),
      reason: difference.reason,
    }))
  }

  pass(_name: string): void {
    this.passed++
  }

  fail(name: string, why: string): void {
    const deliberate = this.#deliberate.find((known) => known.name.test(name) && known.why.test(why))
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

function wildcard(text: string): RegExp {
  const parts = text.split('*').map((part) => RegExp.escape(part))
  return new RegExp(`^${parts.join('.*')}$`, 's')
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
