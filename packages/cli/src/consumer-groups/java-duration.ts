import { StreamwrightError } from '@streamwright/std'
import { parseDurationMs } from '../reset/duration.ts'

/** As `parseDurationMs`, with what Java says of a text that is no duration. */
export function parseJavaDurationMs(text: string): number {
  try {
    return parseDurationMs(text)
  } catch (cause) {
    throw new StreamwrightError('Text cannot be parsed to a Duration', { code: 'INVALID_ARGUMENT', cause })
  }
}
