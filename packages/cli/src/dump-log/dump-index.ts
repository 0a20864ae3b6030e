import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { segmentBatches } from './segment-batches.ts'

const offsetEntryBytes = 8
const timeEntryBytes = 12

/** Which index, and whether it is only checked. */
export interface IndexView {
  readonly file: string
  readonly baseOffset: number
  readonly sanityOnly: boolean
  readonly verifyOnly: boolean
}

/** `.index`: a line for each entry; what does not fit the log goes to standard error. */
export function dumpIndex(buffer: Buffer, segment: Buffer, view: IndexView, terminal: Terminal): void {
  const count = entriesIn(buffer, offsetEntryBytes, view, terminal)
  if (count === 0) return
  if (view.sanityOnly) return passed(view, terminal)
  const lastOffsets = new Map(Array.from(segmentBatches(segment), (batch) => [batch.start, batch.lastOffset]))
  const mismatches: string[] = []
  for (let index = 0; index < count; index++) {
    const offset = buffer.readInt32BE(index * offsetEntryBytes) + view.baseOffset
    const position = buffer.readInt32BE(index * offsetEntryBytes + 4)
    // A file that was made large ahead of time ends in zeros.
    if (offset === view.baseOffset && index > 0) break
    const lastOffset = lastOffsets.get(position)
    if (lastOffset !== offset) mismatches.push(`  Index offset: ${offset}, log offset: ${lastOffset ?? -1}`)
    if (!view.verifyOnly) terminal.out(`offset: ${offset} position: ${position}\n`)
  }
  if (mismatches.length > 0) terminal.error(`Mismatches in :${view.file}\n${mismatches.join('\n')}\n`)
}

/** `.timeindex`: as above, with times. */
export function dumpTimeIndex(buffer: Buffer, segment: Buffer, view: IndexView, terminal: Terminal): void {
  const count = entriesIn(buffer, timeEntryBytes, view, terminal)
  if (count === 0) return
  const timeAt = (index: number): number => Number(buffer.readBigInt64BE(index * timeEntryBytes))
  if (view.sanityOnly) {
    const last = timeAt(count - 1)
    if (last >= timeAt(0)) return passed(view, terminal)
    throw new ArgumentError(
      `Corrupt time index found, time index file (${view.file}) has non-zero size but the last timestamp is ${last} which is less than the first timestamp ${timeAt(0)}`,
    )
  }
  const batches = [...segmentBatches(segment)]
  const mismatches: string[] = []
  const disorder: string[] = []
  let previous = -1
  for (let index = 0; index < count; index++) {
    const timestamp = timeAt(index)
    const offset = buffer.readInt32BE(index * timeEntryBytes + 8) + view.baseOffset
    if (offset === view.baseOffset && index > 0) break
    const inLog = batches.find((batch) => batch.lastOffset >= offset)?.maxTimestamp ?? -1
    if (inLog !== timestamp) mismatches.push(`  Index timestamp: ${timestamp}, log timestamp: ${inLog}`)
    if (previous >= timestamp)
      disorder.push(`  Index timestamp: ${timestamp}, Previously indexed timestamp: ${previous}`)
    previous = timestamp
    if (!view.verifyOnly) terminal.out(`timestamp: ${timestamp} offset: ${offset}\n`)
  }
  if (mismatches.length > 0) terminal.error(`Found timestamp mismatch in :${view.file}\n${mismatches.join('\n')}\n`)
  if (disorder.length > 0) terminal.error(`Found out of order timestamp in :${view.file}\n${disorder.join('\n')}\n`)
}

function entriesIn(buffer: Buffer, entryBytes: number, view: IndexView, terminal: Terminal): number {
  const count = Math.floor(buffer.length / entryBytes)
  if (count === 0) terminal.out(`${view.file} is empty.\n`)
  return count
}

function passed(view: IndexView, terminal: Terminal): void {
  terminal.out(`${view.file} passed sanity check.\n`)
}
