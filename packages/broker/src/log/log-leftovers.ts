import type { Log } from '@streamwright/std'
import { BatchScanner } from './batch-scanner.ts'
import { lastOffsetOf } from './batch-header.ts'
import { lookupWindowBytes } from './limits.ts'
import type { SegmentFileName } from './segment-names.ts'
import { cleanedSuffix, deletedSuffix, parseSegmentFileName, segmentFileName, swapSuffix } from './segment-names.ts'
import type { Storage } from './storage.ts'

interface FoundFile extends SegmentFileName {
  readonly name: string
}

/**
 * Ends what a shutdown interrupted: files that wait for removal are removed, output of a compaction that did not end is
 * removed, and output of one that did (`.swap`) takes the place of the segments it covers.
 */
export function settleLeftovers(storage: Storage, directory: string, log: Log): void {
  const files = storage.list(directory).flatMap((name): readonly FoundFile[] => {
    const parsed = parseSegmentFileName(name)
    return parsed === undefined ? [] : [{ ...parsed, name }]
  })
  const remove = (file: FoundFile): void => storage.removeFile(`${directory}/${file.name}`)
  const unfinishedFrom = Math.min(...files.filter((file) => file.suffix === cleanedSuffix).map((file) => file.offset))
  const swaps: FoundFile[] = []
  for (const file of files) {
    if (file.suffix === deletedSuffix || file.suffix === cleanedSuffix) remove(file)
    else if (file.suffix === swapSuffix) {
      // A compaction renames its whole output before it touches the old segments: beside unfinished output, nothing
      // from there on has been replaced yet.
      if (file.offset >= unfinishedFrom) remove(file)
      else swaps.push(file)
    }
  }
  completeSwaps(storage, directory, swaps, files)
  if (swaps.length > 0) log.info('An interrupted compaction was completed', { directory, files: swaps.length })
  removeOrphans(storage, directory)
}

function completeSwaps(
  storage: Storage,
  directory: string,
  swaps: readonly FoundFile[],
  files: readonly FoundFile[],
): void {
  for (const swap of swaps.filter((file) => file.kind === 'log')) {
    const end = endOffsetOf(storage, `${directory}/${swap.name}`, swap.offset)
    for (const file of files) {
      const isCovered = file.offset >= swap.offset && file.offset < end
      if (isCovered && file.suffix === '' && file.kind !== 'snapshot') storage.removeFile(`${directory}/${file.name}`)
    }
  }
  for (const swap of swaps) {
    const path = `${directory}/${swap.name}`
    storage.rename(path, path.slice(0, -swapSuffix.length))
  }
}

function endOffsetOf(storage: Storage, path: string, baseOffset: number): number {
  const file = storage.open(path, 'read')
  try {
    const scanner = new BatchScanner(file, 0, file.sizeInBytes(), Buffer.allocUnsafe(lookupWindowBytes))
    let end = baseOffset + 1
    while (scanner.next(false)) end = lastOffsetOf(scanner.buffer, scanner.at) + 1
    return end
  } finally {
    file.close()
  }
}

/** Indexes whose log is gone. */
function removeOrphans(storage: Storage, directory: string): void {
  const names = storage.list(directory)
  for (const name of names) {
    const file = parseSegmentFileName(name)
    if (file === undefined || file.suffix !== '' || file.kind === 'log' || file.kind === 'snapshot') continue
    if (!names.includes(segmentFileName(file.offset, 'log'))) storage.removeFile(`${directory}/${name}`)
  }
}
