import { StreamwrightError } from '@streamwright/std'

/** `2023-11-14T22:13:23.000`, with a zone (`Z`, `+02:00`, `+0200`) or in UTC. Milliseconds since 1970. */
export function parseDateTimeMs(text: string): number {
  const [, time] = text.split('T')
  if (time === undefined)
    throw refused("Error parsing timestamp. It does not contain a 'T' according to ISO8601 format")
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? text : `${text}Z`
  const parsed = Date.parse(zoned)
  if (Number.isNaN(parsed)) throw refused(`Unparseable date: "${text}"`)
  return parsed
}

function refused(message: string): StreamwrightError {
  return new StreamwrightError(`java.text.ParseException: ${message}`, { code: 'INVALID_ARGUMENT' })
}
