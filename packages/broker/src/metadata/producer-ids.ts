import { producerIdBlockSize } from '../limits.ts'
import type { MetadataLog } from './metadata-log.ts'

/** Gives out producer ids, each one once for all time: a block is durable before its first id is used. */
export class ProducerIds {
  readonly #metadata: MetadataLog
  #next: number
  #end: number
  #block: Promise<void> | undefined

  constructor(metadata: MetadataLog) {
    this.#metadata = metadata
    this.#next = metadata.state.producerIdNext
    this.#end = this.#next
  }

  async allocate(): Promise<number> {
    while (this.#next === this.#end) {
      this.#block ??= this.#takeBlock().finally(() => (this.#block = undefined))
      // Only one block is taken at a time: whoever finds it used up when it arrives waits for the next.
      // oxlint-disable-next-line no-await-in-loop
      await this.#block
    }
    return this.#next++
  }

  async #takeBlock(): Promise<void> {
    const start = this.#metadata.state.producerIdNext
    await this.#metadata.append({ kind: 'producerIds', next: start + producerIdBlockSize })
    this.#next = start
    this.#end = start + producerIdBlockSize
  }
}
