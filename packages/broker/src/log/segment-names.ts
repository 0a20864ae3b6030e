/** Names of files in a partition's directory: twenty digits of the segment's first offset, then what it holds. */

export type SegmentFileKind = 'log' | 'index' | 'timeindex' | 'txnindex' | 'snapshot'

/** The file waits to be removed; found at start it is removed. */
export const deletedSuffix = '.deleted'
/** Output of a compaction that did not end: removed at start. */
export const cleanedSuffix = '.cleaned'
/** Output of a compaction that did end: takes the place of the segments it covers, at start if not before. */
export const swapSuffix = '.swap'

export const leaderEpochFile = 'leader-epoch-checkpoint'
export const partitionMetadataFile = 'partition.metadata'

/** `(0, 'log')` → `00000000000000000000.log`. */
export function segmentFileName(offset: number, kind: SegmentFileKind): string {
  return `${String(offset).padStart(20, '0')}.${kind}`
}

export interface SegmentFileName {
  readonly offset: number
  readonly kind: SegmentFileKind
  /** `''`, or one of the suffixes above. */
  readonly suffix: string
}

const pattern = /^(\d{20})\.(log|index|timeindex|txnindex|snapshot)(\.deleted|\.cleaned|\.swap)?$/

/** `undefined` for a file that is not a segment's. */
export function parseSegmentFileName(name: string): SegmentFileName | undefined {
  const [, digits, kind, suffix] = pattern.exec(name) ?? []
  if (digits === undefined) return undefined
  const offset = Number(digits)
  return Number.isSafeInteger(offset) ? { offset, kind: kind as SegmentFileKind, suffix: suffix ?? '' } : undefined
}

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** A partition's directory, `topic-0`, taken apart at its last hyphen. */
export function parseLogDirectoryName(name: string): TopicPartition | undefined {
  const [, topic, digits] = /^(.+)-(\d{1,10})$/.exec(name) ?? []
  if (topic === undefined) return undefined
  const partition = Number(digits)
  return partition <= 0x7fff_ffff && String(partition) === digits ? { topic, partition } : undefined
}

/** Longest name of a directory that every common file system takes. */
const directoryNameLengthMax = 255

/** What a deleted partition's directory is called until its files are gone: `topic-0.<32 hex digits>-delete`. */
export function deletedDirectoryName(topic: string, partition: number, unique: Buffer): string {
  const ending = `-${partition}.${unique.toString('hex')}-delete`
  return topic.slice(0, directoryNameLengthMax - ending.length) + ending
}

export function isDeletedDirectoryName(name: string): boolean {
  return /^.+-\d+\.[0-9a-f]{32}-delete$/.test(name)
}
