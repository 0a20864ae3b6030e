/** An open file. Positions are absolute; the log is the only writer and knows each file's length. */
export interface StorageFile {
  /** Bytes read, less than asked only at the end of the file. */
  read(target: Buffer, targetOffset: number, length: number, position: number): number
  /** Writes all chunks or throws; after an error any part of them may be in the file. */
  write(chunks: readonly Uint8Array[], position: number): void
  truncate(sizeInBytes: number): void
  sizeInBytes(): number
  /** Data and length are on the disk when it resolves. */
  sync(): Promise<void>
  /** The same, and the event loop waits: only where nothing else can be done meanwhile. */
  syncNow(): void
  close(): void
}

export interface FileStatus {
  readonly sizeInBytes: number
  /** Milliseconds since 1970. */
  readonly modifiedMs: number
  readonly isDirectory: boolean
}

/** The size of the disk that holds a directory, and what is left of it. */
export interface DiskSpace {
  readonly totalBytes: number
  readonly usableBytes: number
}

/**
 * The few things the log asks of a file system. Paths are absolute and use `/`. Errors are Node's, with their `code`
 * (`ENOENT`, `ENOSPC`, …). What is not a promise is done when it returns, for every process on the machine, but only
 * what is said to be synced lasts through a loss of power.
 */
export interface Storage {
  /** `read`, `update` (reading and writing): must exist. `append`: reading and writing, created when missing. */
  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile
  exists(path: string): boolean
  status(path: string): FileStatus | undefined
  /** `undefined`: there is no telling. */
  space(path: string): DiskSpace | undefined
  /** Names in a directory, sorted; empty when there is no such directory. */
  list(path: string): readonly string[]
  /** With its parents; harmless when it exists. */
  makeDirectory(path: string): void
  readFile(path: string): Buffer
  /** Creates or overwrites. */
  writeFile(path: string, content: string | Uint8Array): void
  /** Written beside, synced, renamed, synced: after a crash the old or the new content is there, never a mixture. */
  replaceFile(path: string, content: string | Uint8Array): void
  /** The same without making the event loop wait. One at a time per path. */
  replaceFileLater(path: string, content: string | Uint8Array): Promise<void>
  rename(from: string, to: string): void
  setModifiedMs(path: string, modifiedMs: number): void
  /** Harmless when it does not exist. */
  removeFile(path: string): void
  /** With everything in it; harmless when it does not exist. */
  removeDirectory(path: string): void
  /** A file's content, or the names in a directory: on the disk when it resolves. Harmless when it does not exist. */
  sync(path: string): Promise<void>
  /**
   * Takes a directory for this process and this caller. The returned function gives it back.
   * Throws a `StreamwrightError` with code `DATA_DIRECTORY_IN_USE` while another one has it.
   */
  lock(path: string): () => void
}

/** Whether an error of a {@link Storage} says that the file or directory is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
