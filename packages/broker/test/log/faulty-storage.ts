import type { DiskSpace, FileStatus, Storage, StorageFile } from '../../src/log/storage.ts'
import type { MemoryStorage } from '../../src/log/memory-storage.ts'

/** A disk that fails when a test says so: full after some bytes, deaf to truncation, unable to sync. */
export class FaultyStorage implements Storage {
  readonly inner: MemoryStorage
  /** Bytes that can still be written; a write beyond it is torn and fails with ENOSPC. */
  freeBytes: number = Infinity
  failsTruncate = false
  failsSync = false
  /** Calls of {@link Storage.sync} and {@link StorageFile.sync}, by path. */
  readonly synced: string[] = []

  constructor(inner: MemoryStorage) {
    this.inner = inner
  }

  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile {
    return new FaultyFile(this, this.inner.open(path, mode), path)
  }

  exists(path: string): boolean {
    return this.inner.exists(path)
  }

  status(path: string): FileStatus | undefined {
    return this.inner.status(path)
  }

  space(): DiskSpace | undefined {
    return this.inner.space()
  }

  list(path: string): readonly string[] {
    return this.inner.list(path)
  }

  makeDirectory(path: string): void {
    this.inner.makeDirectory(path)
  }

  readFile(path: string): Buffer {
    return this.inner.readFile(path)
  }

  writeFile(path: string, content: string | Uint8Array): void {
    const allowed = this.take(content.length)
    this.inner.writeFile(path, content.slice(0, allowed))
    if (allowed < content.length) throw noSpace()
  }

  replaceFile(path: string, content: string | Uint8Array): void {
    if (this.take(content.length) < content.length) throw noSpace()
    this.inner.replaceFile(path, content)
  }

  replaceFileLater(path: string, content: string | Uint8Array): Promise<void> {
    return Promise.try(() => this.replaceFile(path, content))
  }

  rename(from: string, to: string): void {
    this.inner.rename(from, to)
  }

  setModifiedMs(path: string, modifiedMs: number): void {
    this.inner.setModifiedMs(path, modifiedMs)
  }

  removeFile(path: string): void {
    this.inner.removeFile(path)
  }

  removeDirectory(path: string): void {
    this.inner.removeDirectory(path)
  }

  sync(path: string): Promise<void> {
    this.synced.push(path)
    return this.failsSync ? Promise.reject(coded('EIO')) : Promise.resolve()
  }

  lock(path: string): () => void {
    return this.inner.lock(path)
  }

  take(wanted: number): number {
    const allowed = Math.min(wanted, this.freeBytes)
    this.freeBytes -= allowed
    return allowed
  }
}

class FaultyFile implements StorageFile {
  readonly #storage: FaultyStorage
  readonly #inner: StorageFile
  readonly #path: string

  constructor(storage: FaultyStorage, inner: StorageFile, path: string) {
    this.#storage = storage
    this.#inner = inner
    this.#path = path
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    return this.#inner.read(target, targetOffset, length, position)
  }

  write(chunks: readonly Uint8Array[], position: number): void {
    const whole = Buffer.concat(chunks)
    const allowed = this.#storage.take(whole.length)
    this.#inner.write([whole.subarray(0, allowed)], position)
    if (allowed < whole.length) throw noSpace()
  }

  truncate(sizeInBytes: number): void {
    if (this.#storage.failsTruncate) throw coded('EIO')
    this.#inner.truncate(sizeInBytes)
  }

  sizeInBytes(): number {
    return this.#inner.sizeInBytes()
  }

  sync(): Promise<void> {
    return this.#storage.sync(this.#path)
  }

  syncNow(): void {}

  close(): void {
    this.#inner.close()
  }
}

function noSpace(): Error {
  return coded('ENOSPC')
}

function coded(code: string): Error {
  return Object.assign(new Error(`${code}: as the test wants it`), { code })
}
