import type { ParsedOptions } from './parse-options.ts'
import { ArgumentError } from './usage-error.ts'

/** Refuses options that go with certain others only: each of `availableWith` needs one of those that stand behind it. */
export function refuseUnavailable(
  options: ParsedOptions,
  availableWith: Readonly<Record<string, readonly string[]>>,
): void {
  const unavailable = Object.entries(availableWith)
    .filter(([name, others]) => options.has(name) && !others.some((other) => options.has(other)))
    .map(([name]) => name)
  if (unavailable.length > 0)
    throw new ArgumentError(
      `Option(s) [${unavailable.join(', ')}] are unavailable given other options on the command line`,
    )
}
