/** An open file. Positions are absolute; the log is the only writer and knows each file's length. */
export interface StorageFile {
  /** Bytes read, less than asked only at the end of the file. */
  read(target: Buffer, targetOffset: number, length: number, position: number): number
  /** Writes all chunks or throws; after an error any part of them may be in the file. */
  write(chunks: readonly Uint8Array[], position: number): void
  truncate(size: number): void
  sizeInBytes(): number
  /** Data and length are on the disk when it resolves. */
  sync(): Promise<void>
  syncNow(): void
  close(): void
}

/** The few things the log asks of a file system. Paths are absolute and use `/`. Errors carry Node's `code`. */
export interface Storage {
  /** `read`: must exist. `append`: read and write, created when missing. */
  open(path: string, mode: 'read' | 'append'): StorageFile
  exists(path: string): boolean
  /** Names in a directory, sorted; empty when there is no such directory. */
  list(path: string): readonly string[]
  isDirectory(path: string): boolean
  /** With its parents; harmless when it exists. */
  makeDirectory(path: string): void
  readFile(path: string): Buffer
  /** Written beside, synced, renamed: after a crash the old or the new content is there, never a mixture. */
  replaceFile(path: string, content: string | Uint8Array): void
  rename(from: string, to: string): void
  /** Harmless when it does not exist. */
  removeFile(path: string): void
  /** With everything in it; harmless when it does not exist. */
  removeDirectory(path: string): void
  /** Makes creations, renames and removals in the directory last. */
  syncDirectory(path: string): void
  /** Takes the directory for this process. Throws when another one has it. Released by the returned function. */
  lock(path: string): () => void
}
