import { comparable } from './forms.ts'

/** Throws unless `attempt` does. */
export function refused(attempt: () => unknown, what: string): void {
  let value: unknown
  try {
    value = attempt()
  } catch {
    return
  }
  throw new Error(`${what} gives ${comparable(value)}`)
}

export function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what} ${String(actual)}, not ${String(expected)}`)
}
