import type { Consumer } from '@streamwright/client'
import { serdes } from '@streamwright/streams'
import { Headers } from '@streamwright/formats'
import type { Terminal } from '../command-line/tool.ts'
import { outputTopic } from '../word-count-topology.ts'

const pollMs = 50
const place = { topic: outputTopic, partition: 0 }
const noHeaders = new Headers()

/** Prints each count as `word TAB count` when it is written to the output topic, from now on. */
export class CountPrinter {
  readonly #consumer: Consumer
  readonly #terminal: Terminal
  #endOffset = Number.POSITIVE_INFINITY

  constructor(consumer: Consumer, terminal: Terminal) {
    this.#consumer = consumer
    this.#terminal = terminal
  }

  /** Goes to the end of the topic: what was counted before is not news. */
  async begin(): Promise<void> {
    this.#consumer.assign([place])
    const ends = await this.#consumer.endOffsets([place])
    this.#consumer.seek(place, ends.get(`${outputTopic}-0`) ?? 0)
  }

  /** Prints until {@link finish} has said where the end is, and it is reached. */
  async run(): Promise<void> {
    for (;;) {
      for (const { batch, skipBefore } of await this.#consumer.poll(pollMs)) {
        const cursor = batch.records()
        while (cursor.next()) if (cursor.offset >= skipBefore) this.#print(cursor.key(), cursor.value())
      }
      if ((await this.#consumer.position(place)) >= this.#endOffset) return
    }
  }

  finish(ends: ReadonlyMap<string, { readonly offset: number }>): void {
    this.#endOffset = ends.get(`${outputTopic}-0`)?.offset ?? 0
  }

  close(): Promise<void> {
    return this.#consumer.close()
  }

  #print(key: Buffer | null, value: Buffer | null): void {
    const word = key === null ? 'null' : serdes.string.deserialize(key, outputTopic, noHeaders)
    const count = value === null ? 'null' : serdes.long.deserialize(value, outputTopic, noHeaders)
    this.#terminal.out(`${word}\t${count}\n`)
  }
}
