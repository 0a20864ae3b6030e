import { assert } from '@streamwright/std'
import type { StorageFile } from './storage.ts'

const smallestBlockBytes = 256

/** What a file in memory holds, whoever has it open and whatever it is called. */
export class MemoryContent {
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

/** An open file of {@link MemoryContent}. */
export class MemoryFile implements StorageFile {
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
