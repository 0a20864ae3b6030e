import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { DiskSpace, FileStatus, Storage, StorageFile } from '../../src/log/storage.ts'

/**
 * A disk in memory under a process that is killed at one of its changes: what it holds at that moment, with half of the
 * write that was under way, is {@link KilledStorage.survivor}. The process goes on, but nobody hears of it any more.
 */
export class KilledStorage implements Storage {
  readonly #inner: MemoryStorage
  #changesLeft: number
  #survivor: MemoryStorage | undefined
  changes = 0
  /** Called at the kill, before anybody can hear of what follows. */
  onKill: () => void = () => {}

  constructor(inner: MemoryStorage, changesLeft: number) {
    this.#inner = inner
    this.#changesLeft = changesLeft
  }

  get isKilled(): boolean {
    return this.#survivor !== undefined
  }

  /** What is on the disk after the kill; without one, after all. */
  get survivor(): MemoryStorage {
    return this.#survivor ?? this.#inner
  }

  /** The kill comes after so many changes more. */
  killAfter(changes: number): void {
    this.#changesLeft = changes
  }

  /** To be called before each change. `torn` makes part of it, when the kill comes in its middle. */
  change(torn?: (survivor: MemoryStorage) => void): void {
    this.changes += 1
    if (this.#changesLeft-- !== 0 || this.#survivor !== undefined) return
    this.#survivor = new MemoryStorage()
    copy(this.#inner, this.#survivor, '/')
    torn?.(this.#survivor)
    this.onKill()
  }

  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile {
    return new KilledFile(this, this.#inner.open(path, mode), path)
  }

  exists(path: string): boolean {
    return this.#inner.exists(path)
  }

  status(path: string): FileStatus | undefined {
    return this.#inner.status(path)
  }

  space(): DiskSpace | undefined {
    return this.#inner.space()
  }

  list(path: string): readonly string[] {
    return this.#inner.list(path)
  }

  makeDirectory(path: string): void {
    if (this.#inner.exists(path)) return
    this.change()
    this.#inner.makeDirectory(path)
  }

  readFile(path: string): Buffer {
    return this.#inner.readFile(path)
  }

  writeFile(path: string, content: string | Uint8Array): void {
    this.change((survivor) => survivor.writeFile(path, content.slice(0, content.length >> 1)))
    this.#inner.writeFile(path, content)
  }

  replaceFile(path: string, content: string | Uint8Array): void {
    this.change()
    this.#inner.replaceFile(path, content)
  }

  replaceFileLater(path: string, content: string | Uint8Array): Promise<void> {
    this.change()
    return this.#inner.replaceFileLater(path, content)
  }

  rename(from: string, to: string): void {
    this.change()
    this.#inner.rename(from, to)
  }

  setModifiedMs(path: string, modifiedMs: number): void {
    this.#inner.setModifiedMs(path, modifiedMs)
  }

  removeFile(path: string): void {
    if (!this.#inner.exists(path)) return
    this.change()
    this.#inner.removeFile(path)
  }

  removeDirectory(path: string): void {
    this.change()
    this.#inner.removeDirectory(path)
  }

  sync(path: string): Promise<void> {
    return this.#inner.sync(path)
  }

  lock(path: string): () => void {
    return this.#inner.lock(path)
  }
}

function copy(from: MemoryStorage, to: MemoryStorage, directory: string): void {
  for (const name of from.list(directory)) {
    const path = directory === '/' ? `/${name}` : `${directory}/${name}`
    if (from.status(path)?.isDirectory === true) {
      to.makeDirectory(path)
      copy(from, to, path)
    } else to.writeFile(path, from.readFile(path))
  }
}

class KilledFile implements StorageFile {
  readonly #storage: KilledStorage
  readonly #inner: StorageFile
  readonly #path: string

  constructor(storage: KilledStorage, inner: StorageFile, path: string) {
    this.#storage = storage
    this.#inner = inner
    this.#path = path
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    return this.#inner.read(target, targetOffset, length, position)
  }

  write(chunks: readonly Uint8Array[], position: number): void {
    this.#storage.change((survivor) => {
      const bytes = Buffer.concat(chunks)
      const file = survivor.open(this.#path, 'append')
      file.write([bytes.subarray(0, bytes.length >> 1)], position)
      file.close()
    })
    this.#inner.write(chunks, position)
  }

  truncate(sizeInBytes: number): void {
    this.#storage.change()
    this.#inner.truncate(sizeInBytes)
  }

  sizeInBytes(): number {
    return this.#inner.sizeInBytes()
  }

  sync(): Promise<void> {
    return this.#inner.sync()
  }

  syncNow(): void {}

  close(): void {
    this.#inner.close()
  }
}
