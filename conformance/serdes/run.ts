import { toBytes } from '@streamwright/formats'
import type { JsonObject } from '../json.ts'
import { isRecord, objectAt } from '../json.ts'
import type { Report } from '../report.ts'
import { runCase } from '../report.ts'
import { UnsupportedError } from '../streams/unsupported.ts'
import type { VectorFile } from '../vector-file.ts'
import { refused, same } from './checks.ts'
import { comparable, decodedForm, serdeOf, valueOf } from './forms.ts'

/**
 * What Java's serdes made of values and of bytes. A case has `serde` and `hex`, and `value` where the bytes stand for one;
 * with `decode` it is read only, with `error` or a `result` with one, it is refused.
 */
export function runSerdeVectors(file: VectorFile, report: Report): void {
  const content = objectAt(file.content, file.label)
  for (const member of ['cases', 'vectors', 'reject']) {
    const cases = content[member]
    if (!Array.isArray(cases)) continue
    for (const [index, each] of cases.entries()) {
      if (!isRecord(each)) continue
      const name = typeof each['id'] === 'string' ? each['id'] : `${member} ${index}`
      const label = `${file.label} ${name}`
      const unsupported = reasonToSkip(each)
      if (unsupported === undefined) runCase(report, label, () => runSerdeCase(each))
      else report.skip(label, unsupported)
    }
  }
}

/** Why a case is not one for the serdes that are there; undefined when it is. */
function reasonToSkip(vector: JsonObject): string | undefined {
  try {
    serdeOf(vector)
    decodedForm(vector)
    return undefined
  } catch (cause) {
    if (cause instanceof UnsupportedError) return cause.feature
    throw cause
  }
}

function runSerdeCase(vector: JsonObject): void {
  const serde = serdeOf(vector)
  const bytes = typeof vector['hex'] === 'string' ? Buffer.from(vector['hex'], 'hex') : null
  const result = vector['result']
  const error = vector['error'] ?? (isRecord(result) ? result['error'] : undefined)
  if (error !== undefined) {
    if (bytes === null) throw new Error('no bytes are no error')
    refused(() => serde.deserialize(bytes, 'topic', undefined as never), bytes.toString('hex'))
    return
  }
  if (vector['decode'] !== true) {
    const value = valueOf(vector)
    // Null never reaches a serde: it is null bytes.
    const written = value === null ? null : toBytes(serde.serialize(value, 'topic', undefined as never))
    same(written?.toString('hex') ?? null, vector['hex'], 'is written as')
  }
  // A charset that lacks a letter does not give it back.
  if (vector['lossy'] === true || bytes === null || vector['encoding'] !== undefined) return
  const read = serde.deserialize(bytes, 'topic', undefined as never)
  same(comparable(read), comparable(decodedForm(vector)), 'is read as')
}
