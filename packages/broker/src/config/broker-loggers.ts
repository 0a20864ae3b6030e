import type { Log, LogLevel } from '@streamwright/std'

/** Kafka's levels of loggers, with ours. */
const levelsByName: ReadonlyMap<string, LogLevel> = new Map([
  ['TRACE', 'debug'],
  ['DEBUG', 'debug'],
  ['INFO', 'info'],
  ['WARN', 'warn'],
  ['ERROR', 'error'],
  ['FATAL', 'error'],
])

export const rootLoggerName = 'root'

/** The names of levels that a logger can be set to, sorted. */
export const loggerLevels: readonly string[] = [...levelsByName.keys()].toSorted()

/**
 * The broker's loggers, whose levels can be changed while it runs: there is one, the root. A level lasts until the
 * process ends, as in Kafka.
 */
export class BrokerLoggers {
  readonly #log: Log
  #root: string | undefined

  constructor(log: Log) {
    this.#log = log
  }

  /** The level in force by Kafka's name. */
  get rootLevel(): string {
    const { threshold } = this.#log
    const isOurs =
      this.#root !== undefined && (threshold === undefined || levelsByName.get(this.#root) === threshold.level)
    if (isOurs) return this.#root ?? 'WARN'
    if (threshold === undefined) return 'WARN'
    return threshold.level === 'silent' ? 'OFF' : threshold.level.toUpperCase()
  }

  /** One of {@link loggerLevels}. */
  setRootLevel(name: string): void {
    const level = levelsByName.get(name)
    if (level === undefined) return
    this.#root = name
    if (this.#log.threshold !== undefined) this.#log.threshold.level = level
  }
}
