import type { TopicPartition } from './segment-names.ts'
import type { Storage } from './storage.ts'
import { isMissing } from './storage.ts'

/** An offset per partition, as in the four checkpoint files at the root of a data directory. */
export interface PartitionOffset extends TopicPartition {
  readonly offset: number
}

export function encodeCheckpoint(entries: readonly PartitionOffset[]): string {
  const lines = entries.map(({ topic, partition, offset }) => `${topic} ${partition} ${offset}\n`)
  return `0\n${lines.length}\n${lines.join('')}`
}

/** `undefined` for anything that is not such a file: it then counts as missing. */
export function decodeCheckpoint(text: string): readonly PartitionOffset[] | undefined {
  const lines = text.split('\n')
  const count = Number(lines[1])
  if (lines[0] !== '0' || !Number.isInteger(count) || count < 0 || lines.length < count + 2) return undefined
  const entries: PartitionOffset[] = []
  for (const line of lines.slice(2, 2 + count)) {
    const [, topic, partition, offset] = /^(\S+) (\d{1,10}) (-?\d{1,16})$/.exec(line) ?? []
    if (topic === undefined) return undefined
    entries.push({ topic, partition: Number(partition), offset: Number(offset) })
  }
  return entries
}

/**
 * One checkpoint file. Writing it takes two syncs, so writes do not pile up: while one is under way, only the newest
 * content waits for its turn.
 */
export class CheckpointFile {
  readonly #storage: Storage
  readonly #path: string
  #written: string | undefined
  #waiting: string | undefined
  #running: Promise<void> | undefined

  constructor(storage: Storage, path: string) {
    this.#storage = storage
    this.#path = path
  }

  /** Empty when there is no file. `undefined`: it is damaged. */
  read(): readonly PartitionOffset[] | undefined {
    let text: string
    try {
      text = this.#storage.readFile(this.#path).toString('utf8')
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
    const entries = decodeCheckpoint(text)
    if (entries !== undefined) this.#written = text
    return entries
  }

  /** On the disk when it resolves; nothing is done when the file has this content already. */
  write(entries: readonly PartitionOffset[]): Promise<void> {
    this.#waiting = encodeCheckpoint(entries)
    this.#running ??= this.#writeWaiting().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting !== undefined) {
      const text = this.#waiting
      this.#waiting = undefined
      if (text === this.#written) continue
      this.#written = undefined
      await this.#storage.replaceFileLater(this.#path, text)
      this.#written = text
    }
  }
}
