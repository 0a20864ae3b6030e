import { readFileSync } from 'node:fs'
import { asError, StreamwrightError } from '@streamwright/std'
import type { ResetTarget } from './reset-offsets.ts'

/**
 * Reads a plan by group: lines of `topic,partition,offset` for the only group that was named, or of
 * `group,topic,partition,offset`. What the first line looks like decides; `warn` is told where it looked like the
 * longer form to a call with one group.
 */
export function readResetFile(
  path: string,
  onlyGroup: string | undefined,
  warn: (line: string) => void,
): Map<string, ResetTarget[]> {
  const lines = read(path).split('\n')
  while (lines.at(-1)?.trim() === '') lines.pop()
  if (lines.length === 0) throw refused(`${path} is empty; expected lines of topic,partition,offset`)
  const rows = lines.map((line) => fieldsOf(line.replace(/\r$/, '')))
  const isShort = isNumber(rows[0]?.[1], false)
  if (!isShort) warn(`${path} has lines of group,topic,partition,offset`)
  const plan = new Map<string, ResetTarget[]>()
  for (const [index, row] of rows.entries()) {
    const withGroup = isShort && onlyGroup !== undefined ? [onlyGroup, ...row] : row
    const [group, topic, partition, offset] = withGroup
    if (
      withGroup.length > 4 ||
      group === undefined ||
      topic === undefined ||
      !isNumber(partition, true) ||
      !isNumber(offset, true)
    )
      throw refused(`${path}, line ${index + 1}: expected topic,partition,offset and found '${lines[index] ?? ''}'`)
    const targets = plan.get(group) ?? []
    plan.set(group, targets)
    targets.push({ topic, partition: Number(partition ?? 0), offset: Number(offset ?? 0) })
  }
  return plan
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new StreamwrightError(`java.io.IOException: Unable to read file ${path}`, {
      code: 'FILE_NOT_READABLE',
      cause: asError(cause),
    })
  }
}

/** A field that is left out stands for zero, as in Kafka's tool. */
function isNumber(text: string | undefined, mayBeMissing: boolean): boolean {
  return text === undefined ? mayBeMissing : /^\s*-?\d+\s*$/.test(text)
}

/** The fields of a line of CSV, quoted or not. */
function fieldsOf(line: string): string[] {
  const fields: string[] = []
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
  return fields
}

function refused(message: string): StreamwrightError {
  return new StreamwrightError(message, { code: 'INVALID_ARGUMENT' })
}
