import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'

/** From least to most urgent. `silent` as a threshold lets nothing through. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type LogFields = Readonly<Record<string, unknown>>

/** Structured, levelled log. Each component gets a child that carries its own fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  child(fields: LogFields): Log
  /** Shared by a log and its children; its level may be changed at any time. A log without one takes everything. */
  readonly threshold?: LogThreshold
}

/** Entries below the level are dropped. */
export interface LogThreshold {
  level: LogLevel
}

export interface LogOptions {
  /** Entries below this level are dropped. Default `warn`: a healthy program says nothing. */
  readonly level?: LogLevel
  readonly clock?: Clock
  /** Receives each line, without its newline. Default: standard error. */
  readonly write?: (line: string) => void
  readonly format?: 'text' | 'json'
}

export function createLog(options: LogOptions = {}): Log {
  return logWith(options, { level: options.level ?? 'warn' }, {})
}

function logWith(options: LogOptions, threshold: LogThreshold, fields: LogFields): Log {
  const clock = options.clock ?? systemClock
  const write = options.write ?? ((line: string): void => void process.stderr.write(`${line}\n`))
  const format = options.format === 'json' ? formatJson : formatText
  const entry =
    (level: LogLevel) =>
    (message: string, own?: LogFields): void => {
      if (logLevels.indexOf(level) < logLevels.indexOf(threshold.level)) return
      write(
        format(
          new Date(clock.wallMs()).toISOString(),
          level,
          message,
          own === undefined ? fields : { ...fields, ...own },
        ),
      )
    }
  return {
    debug: entry('debug'),
    info: entry('info'),
    warn: entry('warn'),
    error: entry('error'),
    child: (more) => logWith(options, threshold, { ...fields, ...more }),
    threshold,
  }
}

/** A log that drops everything: for tests that provoke warnings on purpose. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
}

function formatJson(time: string, level: LogLevel, message: string, fields: LogFields): string {
  return JSON.stringify({ time, level, message, ...fields }, plain)
}

function formatText(time: string, level: LogLevel, message: string, fields: LogFields): string {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${textOf(value)}`)
  return `${time} ${level.toUpperCase().padEnd(5)} ${message}${pairs.join('')}`
}

function textOf(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(value.message)
  if (typeof value === 'string') return /[\s"=]/.test(value) ? JSON.stringify(value) : value
  return JSON.stringify(value, plain) ?? 'undefined'
}

function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack }
  return value
}
