import type { LogContext } from './log-context.ts'
import type { Segment } from './segment.ts'
import { deletedSuffix } from './segment-names.ts'

/**
 * Takes the files of a segment out of the log at once, by renaming them, and removes them after `file.delete.delay.ms`;
 * readers that still hold one open go on meanwhile. The snapshot of producers goes too, unless it `keepsSnapshot`.
 */
export function removeSegment(
  { storage, background }: LogContext,
  segment: Segment,
  { deleteDelayMs, keepsSnapshot }: { readonly deleteDelayMs: number; readonly keepsSnapshot: boolean },
): void {
  const paths = [...segment.markDeleted()]
  const snapshot = segment.path('snapshot')
  if (!keepsSnapshot && storage.exists(snapshot)) {
    storage.rename(snapshot, snapshot + deletedSuffix)
    paths.push(snapshot + deletedSuffix)
  }
  background.addAfter(deleteDelayMs, () => {
    for (const path of paths) storage.removeFile(path)
  })
}
