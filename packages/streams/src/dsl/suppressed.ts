import { StreamsError } from '../errors.ts'
import type { Windowed } from '../state/store.ts'

/** Bounds of the buffer in which changes wait. Without bounds it may grow as it needs. */
export interface SuppressBufferOptions {
  /** Name of the node; the store is `<name>-store`. */
  readonly name?: string
  readonly maxRecords?: number
  /** By Java's estimate: keys, values and the contexts of their records. */
  readonly maxBytes?: number
  /** `false`: no changelog, so that a restart loses what waits. An object: topic settings. Default: a changelog. */
  readonly logging?: boolean | Readonly<Record<string, string>>
}

/** The same for results that may come early. */
export interface EagerSuppressBufferOptions extends SuppressBufferOptions {
  /** What a full buffer does: give out the oldest change, or end the task. Default: `emitEarly` where it is bounded. */
  readonly whenFull?: 'emitEarly' | 'shutDown'
}

/** When the changes of a table go on. Made by `Suppressed.untilWindowCloses` and `Suppressed.untilTimeLimit`. */
export interface Suppressed<in K> {
  readonly until: 'windowCloses' | 'timeLimit'
  /** Undefined: the grace of the windows. */
  readonly timeLimitMs: number | undefined
  readonly name: string | undefined
  readonly maxRecords: number
  readonly maxBytes: number
  readonly whenFull: 'emitEarly' | 'shutDown'
  readonly logging: false | Readonly<Record<string, string>>
  /** Only for the types: keys of the tables that it suits. */
  readonly suits?: (key: K) => void
}

interface SuppressedFactory {
  /** One result per window: the last one, when its grace is over. A buffer that is full ends the task. */
  readonly untilWindowCloses: (options?: SuppressBufferOptions) => Suppressed<Windowed<unknown>>
  /** At most one change of a key in so many milliseconds of stream time. */
  readonly untilTimeLimit: (timeLimitMs: number, options?: EagerSuppressBufferOptions) => Suppressed<unknown>
}

export const Suppressed: SuppressedFactory = {
  untilWindowCloses: (options = {}) => ({
    until: 'windowCloses',
    timeLimitMs: undefined,
    whenFull: 'shutDown',
    ...bounds(options),
  }),
  untilTimeLimit(timeLimitMs, options = {}) {
    if (!(timeLimitMs >= 0)) {
      throw new StreamsError(`The time limit of a suppress is ${timeLimitMs} ms; it cannot be negative`, {
        code: 'INVALID_ARGUMENT',
      })
    }
    const isBounded = options.maxRecords !== undefined || options.maxBytes !== undefined
    const whenFull = options.whenFull ?? (isBounded ? 'emitEarly' : 'shutDown')
    return { until: 'timeLimit', timeLimitMs, whenFull, ...bounds(options) }
  },
}

function bounds(
  options: SuppressBufferOptions,
): Pick<Suppressed<unknown>, 'name' | 'maxRecords' | 'maxBytes' | 'logging'> {
  const { name, maxRecords = Infinity, maxBytes = Infinity, logging = true } = options
  return { name, maxRecords, maxBytes, logging: logging === true ? {} : logging }
}
