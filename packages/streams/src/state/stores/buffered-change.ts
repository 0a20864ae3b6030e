import type { Header } from '@streamwright/formats'
import { Headers } from '@streamwright/formats'
import { asBuffer, int64Max } from '@streamwright/std'
import { StreamsError } from '../../errors.ts'
import type { RecordContext } from '../../processor/record-context.ts'
import { ByteCursor } from '../byte-cursor.ts'

/** A change that waits in a buffer, as bytes, with the context of the record that made it. Java: `BufferValue`. */
export interface BufferedChange {
  /** What was known downstream before the first change was held back. */
  readonly prior: Buffer | null
  readonly old: Buffer | null
  readonly new: Buffer | null
  readonly context: RecordContext
}

/** The header that says in which form the value of a changelog record is. Absent in the first one. */
const versionHeader = 'v'
const version = 3
export const bufferedChangeHeaders: Headers = new Headers([{ key: versionHeader, value: Buffer.from([version]) }])

const nullLength = -1
const sameAsPrior = -2

/** `context | prior | old | new | int64 time`: what is written, and read in version 3. */
export function encodeBufferedChange(change: BufferedChange, timeMs: number): Buffer {
  const parts = [encodeContext(change.context), ...sized(change.prior)]
  parts.push(...(change.old !== null && isSame(change.prior, change.old) ? [int32(sameAsPrior)] : sized(change.old)))
  parts.push(...sized(change.new), int64(timeMs))
  return Buffer.concat(parts)
}

export interface TimedChange {
  readonly timeMs: number
  readonly change: BufferedChange
}

/** A record of the changelog: what Kafka Streams wrote since 2.1, in the form that its header names. */
export interface LoggedChange {
  readonly value: Buffer
  readonly timestamp: number
  readonly headers: Headers | undefined
}

/**
 * Reads a changelog record of any version. The first two do not say what was known before: `prior` is that of the
 * change that waits already, if any.
 */
export function decodeBufferedChange(record: LoggedChange, prior: Buffer | null): TimedChange {
  const header = record.headers?.last(versionHeader)
  if (header === undefined) return decodeVersion0(record, prior)
  const named = header.value?.length === 1 ? header.value[0] : undefined
  if (named === version) return decodeVersion3(record.value)
  if (named === 2) return decodeVersion2Or3(record.value)
  if (named === 1) return decodeVersion1(record.value, prior)
  throw new StreamsError(
    'A record of the changelog of a suppress buffer has a version that is not known: it is from a newer Kafka Streams, or from something else',
    { code: 'UNKNOWN_CHANGELOG_VERSION' },
  )
}

/** Java's estimate of the memory that a change takes, without key and time. */
export function bufferedChangeBytes({ prior, old, new: next, context }: BufferedChange): number {
  let bytes = (prior?.length ?? 0) + (next?.length ?? 0) + 8 + 8 + 4 + (context.topic?.length ?? 0)
  if (old !== null && !isSame(prior, old)) bytes += old.length
  for (const { key, value } of context.headers ?? []) bytes += key.length + (value?.length ?? 0)
  return bytes
}

export function decodeVersion3(value: Buffer): TimedChange {
  const cursor = new ByteCursor(value)
  const context = decodeContext(cursor)
  const prior = cursor.sized()
  const oldLength = cursor.int32()
  const old = oldLength === sameAsPrior ? prior : oldLength === nullLength ? null : cursor.take(oldLength)
  const next = cursor.sized()
  return { timeMs: cursor.int64(), change: { prior, old, new: next, context } }
}

/** Kafka Streams 2.1: `int64 time | old | new`, in the context of the changelog record itself. */
function decodeVersion0({ value, timestamp, headers }: LoggedChange, prior: Buffer | null): TimedChange {
  const cursor = new ByteCursor(value)
  const timeMs = cursor.int64()
  const old = cursor.sized()
  const context = { topic: null, partition: -1, offset: -1, timestamp, headers }
  return { timeMs, change: { prior: prior ?? old, old, new: cursor.sized(), context } }
}

/** 2.2: `int64 time | context | int32 length | old | new`. */
function decodeVersion1(value: Buffer, prior: Buffer | null): TimedChange {
  const cursor = new ByteCursor(value)
  const timeMs = cursor.int64()
  const context = decodeContext(cursor)
  const { old, new: next } = decodeLegacyChange(cursor)
  return { timeMs, change: { prior: prior ?? old, old, new: next, context } }
}

/** 2.3: `context | int32 length | old | new | prior | int64 time`. 2.4.0, 2.4.1 and 2.5.0 named it but wrote the next. */
function decodeVersion2Or3(value: Buffer): TimedChange {
  try {
    const cursor = new ByteCursor(value)
    const context = decodeContext(cursor)
    const { old, new: next } = decodeLegacyChange(cursor)
    const prior = cursor.sized()
    return { timeMs: cursor.int64(), change: { prior, old, new: next, context } }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return decodeVersion3(value)
  }
}

function decodeLegacyChange(cursor: ByteCursor): { readonly old: Buffer | null; readonly new: Buffer | null } {
  const inner = new ByteCursor(cursor.take(cursor.int32()))
  return { old: inner.sized(), new: inner.sized() }
}

/** `int64 timestamp | int64 offset | topic | int32 partition | int32 headers | (key | value)*`. */
function encodeContext({ timestamp, offset, topic, partition, headers }: RecordContext): Buffer {
  // A change that a punctuation made has no topic; the form has no word for that, so it is the empty one.
  const parts = [int64(timestamp), int64(offset), ...sized(Buffer.from(topic ?? '')), int32(partition)]
  parts.push(int32(headers?.size ?? 0))
  for (const { key, value } of headers ?? []) {
    parts.push(...sized(Buffer.from(key)), ...sized(value === null ? null : asBuffer(value)))
  }
  return Buffer.concat(parts)
}

function decodeContext(cursor: ByteCursor): RecordContext {
  const timestamp = cursor.int64()
  const offset = cursor.int64()
  const topic = cursor.sized()?.toString('utf8') ?? ''
  const partition = cursor.int32()
  const headers: Header[] = []
  // −1 is an old way to say that there are none.
  for (let left = cursor.int32(); left > 0; left--) {
    headers.push({ key: cursor.sized()?.toString('utf8') ?? '', value: cursor.sized() })
  }
  return {
    topic: topic === '' ? null : topic,
    partition,
    offset,
    timestamp,
    headers: headers.length === 0 ? undefined : new Headers(headers),
  }
}

function isSame(left: Buffer | null, right: Buffer | null): boolean {
  if (left === null || right === null) return left === right
  return left.equals(right)
}

function sized(bytes: Buffer | null): Buffer[] {
  return bytes === null ? [int32(nullLength)] : [int32(bytes.length), bytes]
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  // The end of an unlimited window is as far away as 64 bits go, and beyond what a number tells exactly.
  bytes.writeBigInt64BE(value >= Number(int64Max) ? int64Max : BigInt(value))
  return bytes
}
