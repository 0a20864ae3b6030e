import { StreamsError } from '../errors.ts'

const dayMs = 86_400_000

/**
 * How far apart in time two records may be to be joined: the right one at most `beforeMs` before and `afterMs` after the
 * left one. Records later than the grace are not joined.
 */
export class JoinWindows {
  readonly beforeMs: number
  readonly afterMs: number
  readonly graceMs: number
  /** Whether records without a match wait until their window closes, so that no result is taken back later. */
  readonly waitsForMatches: boolean

  private constructor(beforeMs: number, afterMs: number, graceMs: number, waitsForMatches: boolean) {
    if (!(beforeMs + afterMs >= 0)) throw invalid('Window interval (ie, beforeMs+afterMs) must not be negative.')
    if (!(graceMs >= 0)) throw invalid('Grace period must not be negative.')
    this.beforeMs = beforeMs
    this.afterMs = afterMs
    this.graceMs = graceMs
    this.waitsForMatches = waitsForMatches
  }

  static ofTimeDifferenceWithNoGrace(timeDifferenceMs: number): JoinWindows {
    return new JoinWindows(timeDifferenceMs, timeDifferenceMs, 0, true)
  }

  static ofTimeDifferenceAndGrace(timeDifferenceMs: number, graceMs: number): JoinWindows {
    return new JoinWindows(timeDifferenceMs, timeDifferenceMs, graceMs, true)
  }

  /**
   * Windows with a grace of a day, whose results without a match come at once, and again with a match when one follows.
   *
   * @deprecated as in Java: such results are spurious. Use one of the other two.
   */
  static of(timeDifferenceMs: number): JoinWindows {
    const sizeMs = 2 * timeDifferenceMs
    return new JoinWindows(timeDifferenceMs, timeDifferenceMs, Math.max(dayMs - sizeMs, 0), false)
  }

  /** The right record at most so much earlier than the left one; negative: at least so much later. */
  before(beforeMs: number): JoinWindows {
    return new JoinWindows(beforeMs, this.afterMs, this.graceMs, this.waitsForMatches)
  }

  /** The right record at most so much later than the left one; negative: at least so much earlier. */
  after(afterMs: number): JoinWindows {
    return new JoinWindows(this.beforeMs, afterMs, this.graceMs, this.waitsForMatches)
  }

  /**
   * Another grace for windows made by `of`.
   *
   * @deprecated with `of`.
   */
  grace(graceMs: number): JoinWindows {
    return new JoinWindows(this.beforeMs, this.afterMs, graceMs, this.waitsForMatches)
  }

  get sizeMs(): number {
    return this.beforeMs + this.afterMs
  }

  toString(): string {
    return `JoinWindows{beforeMs=${this.beforeMs}, afterMs=${this.afterMs}, graceMs=${this.graceMs}}`
  }
}

function invalid(message: string): StreamsError {
  return new StreamsError(message, { code: 'INVALID_ARGUMENT' })
}
