import { OffsetIndex } from './offset-index.ts'
import type { Storage } from './storage.ts'
import { isMissing } from './storage.ts'
import { TimeIndex } from './time-index.ts'
import { TransactionIndex } from './transaction-index.ts'

/** The kinds of files in which the indexes of a segment are kept. */
export const indexKinds = ['index', 'timeindex', 'txnindex'] as const

/** The indexes of one segment, in memory. */
export interface SegmentIndexes {
  readonly offsets: OffsetIndex
  readonly times: TimeIndex
  readonly transactions: TransactionIndex
}

/** Where the indexes of one segment are kept. */
export type IndexPaths = Readonly<Record<(typeof indexKinds)[number], string>>

/** Those of a segment without records. */
export function emptyIndexes(baseOffset: number): SegmentIndexes {
  return {
    offsets: new OffsetIndex(baseOffset),
    times: new TimeIndex(baseOffset),
    transactions: new TransactionIndex(),
  }
}

/** In bytes, of all three. */
export function indexesSizeInBytes({ offsets, times, transactions }: SegmentIndexes): number {
  return offsets.sizeInBytes + times.sizeInBytes + transactions.sizeInBytes
}

/** Reads those of a segment with a log of `logBytes`. `undefined`: a file is missing or cannot be right. */
export function loadIndexes(
  storage: Storage,
  paths: IndexPaths,
  baseOffset: number,
  logBytes: number,
): SegmentIndexes | undefined {
  try {
    const offsets = new OffsetIndex(baseOffset, readEntries(storage, paths.index, OffsetIndex.entryBytes))
    const times = new TimeIndex(baseOffset, readEntries(storage, paths.timeindex, TimeIndex.entryBytes))
    const transactions = readTransactionIndex(storage, paths.txnindex)
    return offsets.isSound(logBytes) && times.isSound() && transactions?.isSound() !== false
      ? { offsets, times, transactions: transactions ?? new TransactionIndex() }
      : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The transaction index, which cannot be made anew from its segment alone: what is there counts, when it makes sense. */
export function loadTransactionIndex(storage: Storage, path: string): TransactionIndex {
  const found = readTransactionIndex(storage, path)
  return found?.isSound() === true ? found : new TransactionIndex()
}

function readTransactionIndex(storage: Storage, path: string): TransactionIndex | undefined {
  return storage.exists(path)
    ? new TransactionIndex(readEntries(storage, path, TransactionIndex.entryBytes))
    : undefined
}

/** An entry that was cut short does not count. */
function readEntries(storage: Storage, path: string, entryBytes: number): Buffer {
  const content = storage.readFile(path)
  return content.subarray(0, content.length - (content.length % entryBytes))
}

/** Writes all three; without an aborted transaction there is no file of them. */
export function writeIndexes(storage: Storage, paths: IndexPaths, indexes: SegmentIndexes): void {
  storage.writeFile(paths.index, indexes.offsets.bytes())
  storage.writeFile(paths.timeindex, indexes.times.bytes())
  if (indexes.transactions.count > 0) storage.writeFile(paths.txnindex, indexes.transactions.bytes())
  else storage.removeFile(paths.txnindex)
}
