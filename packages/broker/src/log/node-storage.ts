import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { asError } from '@streamwright/std'
import { takeDirectory } from './directory-lock.ts'
import type { DiskSpace, FileStatus, Storage, StorageFile } from './storage.ts'
import { isMissing } from './storage.ts'

const openFlags = {
  read: fs.constants.O_RDONLY,
  update: fs.constants.O_RDWR,
  append: fs.constants.O_RDWR | fs.constants.O_CREAT,
}

/** Node's file system. Reads and writes are synchronous: they meet the page cache, and a promise would cost more. */
export class NodeStorage implements Storage {
  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile {
    return new NodeFile(fs.openSync(path, openFlags[mode], 0o644))
  }

  exists(path: string): boolean {
    return fs.existsSync(path)
  }

  status(path: string): FileStatus | undefined {
    const stats = fs.statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    return { sizeInBytes: stats.size, modifiedMs: stats.mtimeMs, isDirectory: stats.isDirectory() }
  }

  space(path: string): DiskSpace | undefined {
    try {
      const { bsize, blocks, bavail } = fs.statfsSync(path)
      return { totalBytes: bsize * blocks, usableBytes: bsize * bavail }
    } catch {
      return undefined
    }
  }

  list(path: string): readonly string[] {
    try {
      return fs.readdirSync(path).toSorted()
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  makeDirectory(path: string): void {
    fs.mkdirSync(path, { recursive: true })
  }

  readFile(path: string): Buffer {
    return fs.readFileSync(path)
  }

  writeFile(path: string, content: string | Uint8Array): void {
    fs.writeFileSync(path, content)
  }

  replaceFile(path: string, content: string | Uint8Array): void {
    const temporary = `${path}.tmp`
    const descriptor = fs.openSync(temporary, 'w')
    try {
      fs.writeFileSync(descriptor, content)
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
    fs.renameSync(temporary, path)
    syncDirectoryNow(dirname(path))
  }

  async replaceFileLater(path: string, content: string | Uint8Array): Promise<void> {
    const temporary = `${path}.tmp`
    const handle = await fs.promises.open(temporary, 'w')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await fs.promises.rename(temporary, path)
    await this.sync(dirname(path))
  }

  rename(from: string, to: string): void {
    fs.renameSync(from, to)
  }

  setModifiedMs(path: string, modifiedMs: number): void {
    fs.utimesSync(path, modifiedMs / 1000, modifiedMs / 1000)
  }

  removeFile(path: string): void {
    fs.rmSync(path, { force: true })
  }

  removeDirectory(path: string): void {
    fs.rmSync(path, { force: true, recursive: true })
  }

  async sync(path: string): Promise<void> {
    let handle: fs.promises.FileHandle
    try {
      handle = await fs.promises.open(path, 'r')
    } catch (error) {
      if (isMissing(error) || unopenableDirectory.includes(errorCode(error))) return
      throw error
    }
    try {
      await handle.sync()
    } catch (error) {
      if (!unsyncableDirectory.includes(errorCode(error))) throw error
    } finally {
      await handle.close()
    }
  }

  lock(path: string): () => void {
    return takeDirectory(path)
  }
}

class NodeFile implements StorageFile {
  readonly #descriptor: number

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    let done = 0
    while (done < length) {
      const count = fs.readSync(this.#descriptor, target, targetOffset + done, length - done, position + done)
      if (count === 0) break
      done += count
    }
    return done
  }

  write(chunks: readonly Uint8Array[], position: number): void {
    const [first] = chunks
    if (first === undefined) return
    if (chunks.length === 1) return this.#writeFrom(first, 0, position)
    let written = fs.writevSync(this.#descriptor, chunks, position)
    for (const chunk of chunks) {
      if (written < chunk.length) this.#writeFrom(chunk, written, position)
      written = Math.max(0, written - chunk.length)
      position += chunk.length
    }
  }

  #writeFrom(chunk: Uint8Array, start: number, position: number): void {
    for (let done = start; done < chunk.length;) {
      done += fs.writeSync(this.#descriptor, chunk, done, chunk.length - done, position + done)
    }
  }

  truncate(sizeInBytes: number): void {
    fs.ftruncateSync(this.#descriptor, sizeInBytes)
  }

  sizeInBytes(): number {
    return fs.fstatSync(this.#descriptor).size
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.fdatasync(this.#descriptor, (error) => (error === null ? resolve() : reject(error)))
    })
  }

  syncNow(): void {
    fs.fdatasyncSync(this.#descriptor)
  }

  close(): void {
    fs.closeSync(this.#descriptor)
  }
}

/** Windows opens no directories, and needs none synced; some file systems refuse to sync one. */
const unopenableDirectory = ['EISDIR', 'EPERM', 'EACCES']
const unsyncableDirectory = ['EPERM', 'EINVAL', 'ENOTSUP']

function syncDirectoryNow(path: string): void {
  try {
    const descriptor = fs.openSync(path, 'r')
    try {
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
  } catch (error) {
    const code = errorCode(error)
    if (!unopenableDirectory.includes(code) && !unsyncableDirectory.includes(code)) throw error
  }
}

function errorCode(error: unknown): string {
  const known: Error & { readonly code?: unknown } = asError(error)
  return typeof known.code === 'string' ? known.code : ''
}
