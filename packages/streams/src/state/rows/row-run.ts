import { latin1Write } from '@streamwright/std'
import { copyBytes } from './copy-bytes.ts'
import { RowArena } from './row-arena.ts'

/** Rows outside the heap in the order in which they came; of a key, the last one counts. Nothing is looked up. */
export class RowRun {
  readonly rows: RowArena = new RowArena()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Memory that it takes. */
  get bytes(): number {
    return this.rows.bytes
  }

  /** The row whose value is now to be written. */
  append(bytes: Buffer, start: number, end: number, valueLength: number): number {
    const { rows } = this
    const row = rows.allocate(end - start, valueLength)
    copyBytes(bytes, start, rows.memory(row), rows.keyStart(row), end - start)
    this.#size++
    return row
  }

  /** As {@link append}, under a key of Latin-1 text. */
  appendText(text: string, valueLength: number): number {
    const { rows } = this
    const row = rows.allocate(text.length, valueLength)
    latin1Write(rows.memory(row), text, rows.keyStart(row))
    this.#size++
    return row
  }

  /** All rows, in the order in which they came. */
  all(): Int32Array {
    const rows = new Int32Array(this.#size)
    this.rows.collect(rows, 0)
    return rows
  }
}
