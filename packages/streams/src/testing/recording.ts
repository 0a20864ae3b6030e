import { StreamsError } from '../errors.ts'
import type { RawRecord } from './list-source.ts'

/** One thing that a test did to a topology. */
export type RecordedStep =
  | { readonly kind: 'record'; readonly record: RawRecord }
  /** Processed as one commit interval. */
  | { readonly kind: 'batch'; readonly records: readonly RawRecord[] }
  | { readonly kind: 'advanceWallClock'; readonly byMs: number }
  /** The results of asynchronous operators were waited for. */
  | { readonly kind: 'settle' }

/** What was done to a topology, in order: to be done again, step by step. */
export interface Recording {
  /** Where the clock stood before the first step. */
  readonly startTimeMs: number
  readonly steps: readonly RecordedStep[]
}

/**
 * A recording of nothing but records, such as `eachRecord` of the client gives of topics: each is a step, in the order
 * given, with its offset. Bytes are copied.
 */
export function recordingOf(records: Iterable<RawRecord>, startTimeMs: number = 0): Recording {
  return { startTimeMs, steps: Array.from(records, (record) => ({ kind: 'record', record: copied(record) })) }
}

function copied(record: RawRecord): RawRecord {
  const { key, value } = record
  return {
    ...record,
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers: record.headers.map((header) => ({
      key: header.key,
      value: header.value === null ? null : Buffer.from(header.value),
    })),
  }
}

/** The records of a step, in order; none where only time passed. */
export function recordsOf(step: RecordedStep): readonly RawRecord[] {
  if (step.kind === 'record') return [step.record]
  return step.kind === 'batch' ? step.records : []
}

/** A recording as text, one step a line, to be kept in a file. */
export function recordingText({ startTimeMs, steps }: Recording): string {
  return [{ startTimeMs }, ...steps.map(stepJson)].map((json) => `${JSON.stringify(json)}\n`).join('')
}

/** What {@link recordingText} wrote. Throws on text that is something else. */
export function readRecording(text: string): Recording {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '')
  const { startTimeMs } = JSON.parse(head ?? '{}') as { readonly startTimeMs?: number }
  if (startTimeMs === undefined) throw notARecording(1)
  const steps = lines.map((line, index) => {
    const step = stepOf(JSON.parse(line) as Partial<StepJson>)
    if (step === undefined) throw notARecording(index + 2)
    return step
  })
  return { startTimeMs, steps }
}

function notARecording(line: number): StreamsError {
  return new StreamsError(`Line ${line} is none of a recording. Read what recordingText has written`, {
    code: 'INVALID_RECORDING',
  })
}

interface RecordJson {
  readonly topic: string
  /** In Base64. */
  readonly key: string | null
  readonly value: string | null
  readonly timestamp: number
  readonly headers?: readonly (readonly [key: string, value: string | null])[]
  readonly offset?: number
  readonly partition?: number
}

interface StepJson {
  readonly record: RecordJson
  readonly batch: readonly RecordJson[]
  readonly advanceWallClockMs: number
  readonly settle: true
}

function stepJson(step: RecordedStep): Partial<StepJson> {
  switch (step.kind) {
    case 'record':
      return { record: recordJson(step.record) }
    case 'batch':
      return { batch: step.records.map(recordJson) }
    case 'advanceWallClock':
      return { advanceWallClockMs: step.byMs }
    case 'settle':
      return { settle: true }
  }
}

function stepOf(json: Partial<StepJson>): RecordedStep | undefined {
  if (json.record !== undefined) return { kind: 'record', record: recordOf(json.record) }
  if (json.batch !== undefined) return { kind: 'batch', records: json.batch.map(recordOf) }
  if (json.advanceWallClockMs !== undefined) return { kind: 'advanceWallClock', byMs: json.advanceWallClockMs }
  return json.settle === true ? { kind: 'settle' } : undefined
}

function recordJson({ topic, key, value, timestamp, headers, offset, partition }: RawRecord): RecordJson {
  return {
    topic,
    key: base64(key),
    value: base64(value),
    timestamp,
    ...(headers.length === 0 ? {} : { headers: headers.map((header) => [header.key, base64(header.value)] as const) }),
    ...(offset === undefined ? {} : { offset }),
    ...(partition === undefined ? {} : { partition }),
  }
}

function recordOf({ topic, key, value, timestamp, headers, offset, partition }: RecordJson): RawRecord {
  return {
    topic,
    key: bytes(key),
    value: bytes(value),
    timestamp,
    headers: (headers ?? []).map(([name, data]) => ({ key: name, value: bytes(data) })),
    ...(offset === undefined ? {} : { offset }),
    ...(partition === undefined ? {} : { partition }),
  }
}

function base64(data: Uint8Array | null): string | null {
  return data === null ? null : Buffer.from(data).toString('base64')
}

function bytes(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'base64')
}
