import { int64Max } from '@streamwright/std'
import { StreamsError } from '../errors.ts'

function checkGrace(graceMs: number): void {
  if (!(graceMs >= 0)) throw invalid('Grace period cannot be negative.')
}

function invalid(message: string): StreamsError {
  return new StreamsError(message, { code: 'INVALID_ARGUMENT' })
}

/**
 * Windows of a fixed size, aligned to the epoch: tumbling, or hopping with `advanceBy`. A window holds the timestamps
 * from its start up to, but not including, its end.
 */
export class TimeWindows {
  readonly kind = 'time'
  readonly sizeMs: number
  readonly advanceMs: number
  readonly graceMs: number

  private constructor(sizeMs: number, advanceMs: number, graceMs: number) {
    if (!(sizeMs > 0)) throw invalid('Window size (sizeMs) must be larger than zero.')
    if (!(advanceMs > 0 && advanceMs <= sizeMs)) {
      throw invalid(
        `Window advancement interval should be more than zero and less than window duration which is ${sizeMs} ms, but given advancement interval is: ${advanceMs} ms`,
      )
    }
    checkGrace(graceMs)
    this.sizeMs = sizeMs
    this.advanceMs = advanceMs
    this.graceMs = graceMs
  }

  /** Records later than the end of their window are left out. */
  static ofSizeWithNoGrace(sizeMs: number): TimeWindows {
    return new TimeWindows(sizeMs, sizeMs, 0)
  }

  /** Records count for `graceMs` of stream time after the end of their window. */
  static ofSizeAndGrace(sizeMs: number, graceMs: number): TimeWindows {
    return new TimeWindows(sizeMs, sizeMs, graceMs)
  }

  /** A window begins every `advanceMs`. */
  advanceBy(advanceMs: number): TimeWindows {
    return new TimeWindows(this.sizeMs, advanceMs, this.graceMs)
  }
}

/** One window from a start on, without end. */
export class UnlimitedWindows {
  readonly kind = 'unlimited'
  readonly startMs: number
  /** 2^63: as far as 64 bits go. */
  readonly sizeMs: number = Number(int64Max)
  readonly graceMs: number = 0

  private constructor(startMs: number) {
    if (!(startMs >= 0)) throw invalid(`Window start time (startMs) cannot be negative.`)
    this.startMs = startMs
  }

  static of(): UnlimitedWindows {
    return new UnlimitedWindows(0)
  }

  startOn(startMs: number): UnlimitedWindows {
    return new UnlimitedWindows(startMs)
  }
}

/** Windows that hold every set of records no further apart than a difference; both ends inclusive. */
export class SlidingWindows {
  readonly kind = 'sliding'
  readonly timeDifferenceMs: number
  readonly graceMs: number

  private constructor(timeDifferenceMs: number, graceMs: number) {
    if (!(timeDifferenceMs >= 0)) throw invalid('Window time difference must not be negative.')
    checkGrace(graceMs)
    this.timeDifferenceMs = timeDifferenceMs
    this.graceMs = graceMs
  }

  static ofTimeDifferenceWithNoGrace(timeDifferenceMs: number): SlidingWindows {
    return new SlidingWindows(timeDifferenceMs, 0)
  }

  static ofTimeDifferenceAndGrace(timeDifferenceMs: number, graceMs: number): SlidingWindows {
    return new SlidingWindows(timeDifferenceMs, graceMs)
  }
}

/** Sessions: records of a key that follow each other within a gap; both ends inclusive. */
export class SessionWindows {
  readonly kind = 'session'
  readonly inactivityGapMs: number
  readonly graceMs: number

  private constructor(inactivityGapMs: number, graceMs: number) {
    if (!(inactivityGapMs >= 0)) throw invalid('Gap time cannot be negative.')
    checkGrace(graceMs)
    this.inactivityGapMs = inactivityGapMs
    this.graceMs = graceMs
  }

  static ofInactivityGapWithNoGrace(inactivityGapMs: number): SessionWindows {
    return new SessionWindows(inactivityGapMs, 0)
  }

  static ofInactivityGapAndGrace(inactivityGapMs: number, graceMs: number): SessionWindows {
    return new SessionWindows(inactivityGapMs, graceMs)
  }
}

/** When a windowed aggregation tells its result: at each update, or once when the window has closed. */
export type EmitStrategy = 'onWindowUpdate' | 'onWindowClose'
