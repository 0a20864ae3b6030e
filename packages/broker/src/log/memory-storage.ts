import { StreamwrightError } from '@streamwright/std'
import { MemoryContent, MemoryFile } from './memory-file.ts'
import type { DiskSpace, FileStatus, Storage, StorageFile } from './storage.ts'

type Directory = Map<string, Directory | MemoryContent>

interface Place {
  readonly parent: Directory
  readonly name: string
}

/**
 * A file system in memory, for brokers whose data may go with the process, and for tests. It forgets nothing that was
 * written: a {@link LogDirectory} closed, or abandoned as if the process had been killed, is opened again on the same
 * object. A tree, so that what is done to a directory costs the same however many others there are.
 */
export class MemoryStorage implements Storage {
  readonly #root: Directory = new Map()
  readonly #locks = new Set<string>()
  readonly #nowMs: () => number

  /** `nowMs` gives the times of modification; without it they are all 0. */
  constructor(nowMs: () => number = () => 0) {
    this.#nowMs = nowMs
  }

  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile {
    const found = this.#find(path)
    if (found instanceof MemoryContent) return new MemoryFile(found)
    if (mode !== 'append' || found !== undefined) throw missing(path)
    const { parent, name } = this.#placeOf(path)
    const content = new MemoryContent(this.#nowMs)
    parent.set(name, content)
    return new MemoryFile(content)
  }

  exists(path: string): boolean {
    return this.#find(path) !== undefined
  }

  status(path: string): FileStatus | undefined {
    const found = this.#find(path)
    if (found === undefined) return undefined
    if (!(found instanceof MemoryContent)) return { sizeInBytes: 0, modifiedMs: 0, isDirectory: true }
    return { sizeInBytes: found.sizeInBytes, modifiedMs: found.modifiedMs, isDirectory: false }
  }

  space(): DiskSpace | undefined {
    return undefined
  }

  list(path: string): readonly string[] {
    const found = this.#find(path)
    return found instanceof Map ? [...found.keys()].toSorted() : []
  }

  makeDirectory(path: string): void {
    let directory = this.#root
    for (const name of namesOf(path)) {
      const known = directory.get(name)
      if (known instanceof MemoryContent) throw missing(path)
      const next: Directory = known ?? new Map()
      directory.set(name, next)
      directory = next
    }
  }

  readFile(path: string): Buffer {
    const content = this.#contentOf(path)
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
    const moved = this.#find(from)
    if (moved === undefined) throw missing(from)
    const source = this.#placeOf(from)
    const target = this.#placeOf(to)
    source.parent.delete(source.name)
    target.parent.set(target.name, moved)
  }

  setModifiedMs(path: string, modifiedMs: number): void {
    this.#contentOf(path).modifiedMs = modifiedMs
  }

  removeFile(path: string): void {
    if (this.#find(path) instanceof MemoryContent) this.#remove(path)
  }

  removeDirectory(path: string): void {
    if (this.#find(path) instanceof Map) this.#remove(path)
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

  #find(path: string): Directory | MemoryContent | undefined {
    let found: Directory | MemoryContent | undefined = this.#root
    for (const name of namesOf(path)) {
      if (!(found instanceof Map)) return undefined
      found = found.get(name)
    }
    return found
  }

  #contentOf(path: string): MemoryContent {
    const found = this.#find(path)
    if (!(found instanceof MemoryContent)) throw missing(path)
    return found
  }

  /** Throws when there is no such directory around it. */
  #placeOf(path: string): Place {
    const names = namesOf(path)
    const name = names.pop()
    const parent = this.#find(names.join('/'))
    if (name === undefined || !(parent instanceof Map)) throw missing(path)
    return { parent, name }
  }

  #remove(path: string): void {
    const { parent, name } = this.#placeOf(path)
    parent.delete(name)
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '')
}

function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, '${path}'`), { code: 'ENOENT' })
}
