import { StreamwrightError, assert } from '@streamwright/std'
import type { FileStatus, Storage, StorageFile } from './storage.ts'

const smallestBlockBytes = 256

/**
 * A file system in memory, for brokers whose data may go with the process, and for tests. It forgets nothing that was
 * written: a {@link LogDirectory} closed, or abandoned as if the process had been killed, is opened again on the same
 * object.
 */
export class MemoryStorage implements Storage {
  readonly #files = new Map<string, MemoryContent>()
  readonly #directories = new Set<string>(['/'])
  readonly #locks = new Set<string>()
  readonly #nowMs: () => number

  /** `nowMs` gives the times of modification; without it they are all 0. */
  constructor(nowMs: () => number = () => 0) {
    this.#nowMs = nowMs
  }

  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile {
    const found = this.#files.get(path)
    if (found !== undefined) return new MemoryFile(found)
    if (mode !== 'append') throw missing(path)
    if (!this.#directories.has(parentOf(path))) throw missing(path)
    const content = new MemoryContent(this.#nowMs)
    this.#files.set(path, content)
    return new MemoryFile(content)
  }

  exists(path: string): boolean {
    return this.#files.has(path) || this.#directories.has(path)
  }

  status(path: string): FileStatus | undefined {
    const content = this.#files.get(path)
    if (content !== undefined) {
      return { sizeInBytes: content.sizeInBytes, modifiedMs: content.modifiedMs, isDirectory: false }
    }
    return this.#directories.has(path) ? { sizeInBytes: 0, modifiedMs: 0, isDirectory: true } : undefined
  }

  space(): undefined {
    return undefined
  }

  list(path: string): readonly string[] {
    const names: string[] = []
    for (const known of [...this.#files.keys(), ...this.#directories]) {
      if (known !== '/' && parentOf(known) === path) names.push(known.slice(known.lastIndexOf('/') + 1))
    }
    return names.toSorted()
  }

  makeDirectory(path: string): void {
    for (let each = path; !this.#directories.has(each); each = parentOf(each)) this.#directories.add(each)
  }

  readFile(path: string): Buffer {
    const content = this.#files.get(path)
    if (content === undefined) throw missing(path)
    return Buffer.from(content.bytes.subarray(0, content.sizeInBytes))
  }

  writeFile(path: string, content: string | Uint8Array): void {
    const file = this.open(path, 'append')
    file.truncate(0)
    file.write([typeof content === 'string' ? Buffer.from(content) : content], 0)
  }

  replaceFile(path: string, content: string | Uint8Array): void {
    this.writeFile(`${path}.tmp`, content)
    this.rename(`${path}.tmp`, path)
  }

  replaceFileLater(path: string, content: string | Uint8Array): Promise<void> {
    return Promise.try(() => this.replaceFile(path, content))
  }

  rename(from: string, to: string): void {
    const content = this.#files.get(from)
    if (content !== undefined) {
      this.#files.delete(from)
      this.#files.set(to, content)
      return
    }
    if (!this.#directories.delete(from)) throw missing(from)
    this.#directories.add(to)
    for (const [path, inside] of this.#files) {
      if (!path.startsWith(`${from}/`)) continue
      this.#files.delete(path)
      this.#files.set(to + path.slice(from.length), inside)
    }
    for (const path of this.#directories) {
      if (path.startsWith(`${from}/`) && this.#directories.delete(path)) {
        this.#directories.add(to + path.slice(from.length))
      }
    }
  }

  setModifiedMs(path: string, modifiedMs: number): void {
    const content = this.#files.get(path)
    if (content === undefined) throw missing(path)
    content.modifiedMs = modifiedMs
  }

  removeFile(path: string): void {
    this.#files.delete(path)
  }

  removeDirectory(path: string): void {
    for (const known of this.#files.keys()) if (known.startsWith(`${path}/`)) this.#files.delete(known)
    for (const known of this.#directories) {
      if (known === path || known.startsWith(`${path}/`)) this.#directories.delete(known)
    }
  }

  sync(_path: string): Promise<void> {
    return Promise.resolve()
  }

  lock(path: string): () => void {
    if (this.#locks.has(path)) {
      throw new StreamwrightError(`The data directory ${path} is in use by another broker on the same storage`, {
        code: 'DATA_DIRECTORY_IN_USE',
      })
    }
    this.#locks.add(path)
    return () => void this.#locks.delete(path)
  }

  /** Lets go of every lock, as the death of the owners does. */
  releaseLocks(): void {
    this.#locks.clear()
  }
}

class MemoryContent {
  bytes: Buffer = Buffer.alloc(0)
  sizeInBytes = 0
  modifiedMs: number
  readonly nowMs: () => number

  constructor(nowMs: () => number) {
    this.nowMs = nowMs
    this.modifiedMs = nowMs()
  }

  resize(sizeInBytes: number): void {
    if (sizeInBytes > this.bytes.length) {
      const grown = Buffer.alloc(Math.max(smallestBlockBytes, sizeInBytes, this.bytes.length * 2))
      this.bytes.copy(grown, 0, 0, this.sizeInBytes)
      this.bytes = grown
    } else if (sizeInBytes < this.sizeInBytes) this.bytes.fill(0, sizeInBytes, this.sizeInBytes)
    this.sizeInBytes = sizeInBytes
    this.modifiedMs = this.nowMs()
  }
}

class MemoryFile implements StorageFile {
  readonly #content: MemoryContent
  #isOpen = true

  constructor(content: MemoryContent) {
    this.#content = content
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    assert(this.#isOpen, 'A closed file is not read')
    const end = Math.min(position + length, this.#content.sizeInBytes)
    return position >= end ? 0 : this.#content.bytes.copy(target, targetOffset, position, end)
  }

  write(chunks: readonly Uint8Array[], position: number): void {
    assert(this.#isOpen, 'A closed file is not written')
    let end = position
    for (const chunk of chunks) end += chunk.length
    if (end > this.#content.sizeInBytes) this.#content.resize(end)
    for (const chunk of chunks) {
      this.#content.bytes.set(chunk, position)
      position += chunk.length
    }
  }

  truncate(sizeInBytes: number): void {
    assert(this.#isOpen, 'A closed file is not truncated')
    this.#content.resize(sizeInBytes)
  }

  sizeInBytes(): number {
    return this.#content.sizeInBytes
  }

  sync(): Promise<void> {
    return Promise.resolve()
  }

  syncNow(): void {}

  close(): void {
    this.#isOpen = false
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, '${path}'`), { code: 'ENOENT' })
}
