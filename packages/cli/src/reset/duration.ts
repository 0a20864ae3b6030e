import { StreamwrightError } from '@streamwright/std'

const unitsMs = [86_400_000, 3_600_000, 60_000, 1000] as const

/** ISO 8601, as Java's Duration reads it: `P1D`, `PT2H30M`, `-PT1.5S`. Milliseconds. */
export function parseDurationMs(text: string): number {
  const match = /^([-+]?)P(?:([-+]?\d+)D)?(?:T(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?\d+(?:\.\d+)?)S)?)?$/i.exec(text)
  const parts = match?.slice(2) ?? []
  if (match === null || parts.every((part) => part === undefined)) {
    throw new StreamwrightError(`'${text}' is not a duration; write PnDTnHnMnS, such as P1D or PT30M`, {
      code: 'INVALID_ARGUMENT',
    })
  }
  const total = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (unitsMs[index] ?? 0), 0)
  return match[1] === '-' ? -total : total
}
