import type { Random } from '@streamwright/std'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { DiskSpace, FileStatus, Storage, StorageFile } from '../../src/log/storage.ts'

/** What a disk writes at once; the sectors of a write that was not synced reach it in any order. */
const sectorBytes = 64

type Node = FileNode | DirectoryNode

class FileNode {
  content: Buffer = Buffer.alloc(0)
  synced: Buffer = Buffer.alloc(0)
}

/** A change of a directory's names: all of it lasts, or nothing. */
type Change = readonly (readonly [name: string, node: Node | undefined])[]

class DirectoryNode {
  readonly entries = new Map<string, Node>()
  readonly synced = new Map<string, Node>()
  /** Since the last sync, in order: a file system's journal keeps a first part of them. */
  readonly pending: Change[] = []

  apply(change: Change): void {
    applyTo(this.entries, change)
    this.pending.push(change)
  }

  sync(count: number): void {
    for (const change of this.pending.splice(0, count)) applyTo(this.synced, change)
  }
}

function applyTo(entries: Map<string, Node>, change: Change): void {
  for (const [name, node] of change) {
    if (node === undefined) entries.delete(name)
    else entries.set(name, node)
  }
}

/**
 * A disk whose power fails at one of its changes. What was synced is there afterwards; of what was not, a part that a
 * random source chooses: some sectors of a file and zeros for the others, the first changes of a directory. The
 * process goes on, but nobody hears of it any more.
 */
export class PowerLossStorage implements Storage {
  readonly #root = new DirectoryNode()
  readonly #random: Random
  #changesLeft: number
  #survivor: MemoryStorage | undefined
  changes = 0

  constructor(random: Random, changesLeft: number) {
    this.#random = random
    this.#changesLeft = changesLeft
  }

  get isDead(): boolean {
    return this.#survivor !== undefined
  }

  /** What a new process finds. */
  get survivor(): MemoryStorage {
    return this.#survivor ?? this.#lost()
  }

  /** To be called before each change and each end of a sync. */
  change(): void {
    this.changes += 1
    if (this.#changesLeft-- === 0) this.#survivor = this.#lost()
  }

  open(path: string, mode: 'read' | 'update' | 'append'): StorageFile {
    const found = this.#find(path)
    if (found instanceof FileNode) return new PowerLossFile(this, found)
    if (mode !== 'append') throw missing(path)
    this.change()
    const node = new FileNode()
    this.#parentOf(path).apply([[nameOf(path), node]])
    return new PowerLossFile(this, node)
  }

  exists(path: string): boolean {
    return this.#find(path) !== undefined
  }

  status(path: string): FileStatus | undefined {
    const found = this.#find(path)
    if (found === undefined) return undefined
    const isDirectory = found instanceof DirectoryNode
    return { sizeInBytes: isDirectory ? 0 : found.content.length, modifiedMs: 0, isDirectory }
  }

  space(_path: string): DiskSpace | undefined {
    return undefined
  }

  list(path: string): readonly string[] {
    const found = this.#find(path)
    return found instanceof DirectoryNode ? [...found.entries.keys()].toSorted() : []
  }

  makeDirectory(path: string): void {
    let directory = this.#root
    for (const name of path.split('/').slice(1)) {
      const known = directory.entries.get(name)
      if (known instanceof FileNode) throw missing(path)
      if (known === undefined) {
        this.change()
        const made = new DirectoryNode()
        directory.apply([[name, made]])
        directory = made
      } else directory = known
    }
  }

  readFile(path: string): Buffer {
    const found = this.#find(path)
    if (!(found instanceof FileNode)) throw missing(path)
    return Buffer.from(found.content)
  }

  writeFile(path: string, content: string | Uint8Array): void {
    const file = this.open(path, 'append')
    file.truncate(0)
    file.write([Buffer.from(content)], 0)
  }

  replaceFile(path: string, content: string | Uint8Array): void {
    this.writeFile(`${path}.tmp`, content)
    this.open(`${path}.tmp`, 'read').syncNow()
    this.rename(`${path}.tmp`, path)
    this.change()
    this.#parentOf(path).sync(Infinity)
  }

  replaceFileLater(path: string, content: string | Uint8Array): Promise<void> {
    return Promise.try(() => this.replaceFile(path, content))
  }

  rename(from: string, to: string): void {
    const node = this.#find(from)
    if (node === undefined) throw missing(from)
    const [source, target] = [this.#parentOf(from), this.#parentOf(to)]
    this.change()
    const [out, into] = [[nameOf(from), undefined] as const, [nameOf(to), node] as const]
    if (source === target) source.apply([out, into])
    else {
      target.apply([into])
      source.apply([out])
    }
  }

  setModifiedMs(_path: string, _modifiedMs: number): void {}

  removeFile(path: string): void {
    this.#remove(path)
  }

  removeDirectory(path: string): void {
    this.#remove(path)
  }

  async sync(path: string): Promise<void> {
    const found = this.#find(path)
    if (found instanceof FileNode) return this.syncFile(found)
    // What is changed while the disk is at work may or may not be part of it.
    const count = found?.pending.length ?? 0
    await Promise.resolve()
    this.change()
    found?.sync(count)
  }

  async syncFile(file: FileNode): Promise<void> {
    const content = Buffer.from(file.content)
    await Promise.resolve()
    this.change()
    file.synced = content
  }

  lock(_path: string): () => void {
    return () => {}
  }

  #remove(path: string): void {
    if (this.#find(path) === undefined) return
    this.change()
    this.#parentOf(path).apply([[nameOf(path), undefined]])
  }

  #find(path: string): Node | undefined {
    let found: Node | undefined = this.#root
    for (const name of path.split('/').slice(1)) {
      if (!(found instanceof DirectoryNode)) return undefined
      found = name === '' ? found : found.entries.get(name)
    }
    return found
  }

  #parentOf(path: string): DirectoryNode {
    const parent = this.#find(path.slice(0, path.lastIndexOf('/')))
    if (!(parent instanceof DirectoryNode)) throw missing(path)
    return parent
  }

  #lost(): MemoryStorage {
    const survivor = new MemoryStorage()
    this.#copy(this.#root, '', survivor)
    return survivor
  }

  #copy(directory: DirectoryNode, path: string, survivor: MemoryStorage): void {
    const entries = new Map(directory.synced)
    const kept = this.#random.below(directory.pending.length + 1)
    for (const change of directory.pending.slice(0, kept)) applyTo(entries, change)
    for (const [name, node] of entries) {
      const place = `${path}/${name}`
      if (node instanceof FileNode) survivor.writeFile(place, this.#tornOf(node))
      else {
        survivor.makeDirectory(place)
        this.#copy(node, place, survivor)
      }
    }
  }

  /** The file as it was synced, as it was written, or sectors of both. */
  #tornOf({ content, synced }: FileNode): Buffer {
    const choice = this.#random.below(3)
    if (content.equals(synced) || choice === 0) return synced
    if (choice === 1) return content
    const shortest = Math.min(content.length, synced.length)
    const longest = Math.max(content.length, synced.length)
    const torn = Buffer.alloc(shortest + this.#random.below(longest - shortest + 1))
    synced.copy(torn)
    for (let at = 0; at < torn.length; at += sectorBytes) {
      if (this.#random.below(2) === 0) content.copy(torn, at, at, Math.min(at + sectorBytes, torn.length))
    }
    return torn
  }
}

class PowerLossFile implements StorageFile {
  readonly #storage: PowerLossStorage
  readonly #node: FileNode

  constructor(storage: PowerLossStorage, node: FileNode) {
    this.#storage = storage
    this.#node = node
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    return this.#node.content.copy(target, targetOffset, position, position + length)
  }

  write(chunks: readonly Uint8Array[], position: number): void {
    this.#storage.change()
    const bytes = Buffer.concat(chunks)
    const { content } = this.#node
    // A new buffer each time: the old one may be what was synced.
    const grown = Buffer.alloc(Math.max(content.length, position + bytes.length))
    content.copy(grown)
    bytes.copy(grown, position)
    this.#node.content = grown
  }

  truncate(sizeInBytes: number): void {
    this.#storage.change()
    const cut = Buffer.alloc(sizeInBytes)
    this.#node.content.copy(cut)
    this.#node.content = cut
  }

  sizeInBytes(): number {
    return this.#node.content.length
  }

  sync(): Promise<void> {
    return this.#storage.syncFile(this.#node)
  }

  syncNow(): void {
    this.#storage.change()
    this.#node.synced = this.#node.content
  }

  close(): void {}
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, '${path}'`), { code: 'ENOENT' })
}
