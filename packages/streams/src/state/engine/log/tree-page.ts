import { assert } from '@streamwright/std'
import type { PageSlab } from './page-slab.ts'
import { inlineValueBytesMax } from './limits.ts'
import { pageBytes } from './page-slab.ts'

/**
 * One page of the index: cells in the order of their keys, found by 2-byte slots.
 *
 *     kind u8 · – u8 · count u16 · cellsStart u16 · deadBytes u16 · epoch f64 | slots u16… → free ← cells
 *     leaf cell:  keyLength u16 · valueLength u32 · segment u32 · offset u32 · key · value, if it is short
 *     inner cell: keyLength u16 · child u32 · key
 *
 * An inner cell has the lower bound of its child as key; the first one's is not looked at. Little-endian throughout.
 */
export const leafCellHead = 14
export const innerCellHead = 6

const countAt = 2
const cellsStartAt = 4
const deadAt = 6
const epochAt = 8
const slotsAt = 16

/** A page, unpacked: where it lies, and how it is read. One object is pointed at page after page. */
export class TreePage {
  readonly #slab: PageSlab
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  base = 0
  page = -1

  constructor(slab: PageSlab) {
    this.#slab = slab
  }

  at(page: number): this {
    this.page = page
    this.bytes = this.#slab.bytes(page)
    this.view = this.#slab.view(page)
    this.base = this.#slab.base(page)
    return this
  }

  /** Makes the page an empty one. */
  clear(isLeaf: boolean, epoch: number): void {
    this.bytes[this.base] = isLeaf ? 0 : 1
    this.view.setUint16(this.base + countAt, 0, true)
    this.view.setUint16(this.base + cellsStartAt, pageBytes, true)
    this.view.setUint16(this.base + deadAt, 0, true)
    this.view.setFloat64(this.base + epochAt, epoch, true)
  }

  get isLeaf(): boolean {
    return this.bytes[this.base] === 0
  }

  get epoch(): number {
    return this.view.getFloat64(this.base + epochAt, true)
  }

  set epoch(epoch: number) {
    this.view.setFloat64(this.base + epochAt, epoch, true)
  }

  get count(): number {
    return this.view.getUint16(this.base + countAt, true)
  }

  /** Bytes that cells and slots take up. */
  get usedBytes(): number {
    const { view, base } = this
    return pageBytes - view.getUint16(base + cellsStartAt, true) - view.getUint16(base + deadAt, true) + this.count * 2
  }

  /** Where a cell begins in `bytes`. */
  cell(slot: number): number {
    return this.base + this.view.getUint16(this.base + slotsAt + slot * 2, true)
  }

  get #cellHead(): number {
    return this.isLeaf ? leafCellHead : innerCellHead
  }

  cellBytes(slot: number): number {
    const cell = this.cell(slot)
    return sizeOfCell(this.view, cell, this.isLeaf)
  }

  keyLength(slot: number): number {
    return this.view.getUint16(this.cell(slot), true)
  }

  keyStart(slot: number): number {
    return this.cell(slot) + this.#cellHead
  }

  /** A copy of the key. */
  key(slot: number): Buffer {
    const start = this.keyStart(slot)
    return Buffer.from(this.bytes.subarray(start, start + this.keyLength(slot)))
  }

  valueLength(slot: number): number {
    return this.view.getUint32(this.cell(slot) + 2, true)
  }

  segment(slot: number): number {
    return this.view.getUint32(this.cell(slot) + 6, true)
  }

  offset(slot: number): number {
    return this.view.getUint32(this.cell(slot) + 10, true)
  }

  /** A copy of the value, if it is short enough to stand here. */
  inlineValue(slot: number): Buffer | undefined {
    const length = this.valueLength(slot)
    if (length > inlineValueBytesMax) return undefined
    const start = this.keyStart(slot) + this.keyLength(slot)
    const value = Buffer.allocUnsafe(length)
    // A loop: making a view to copy from costs four times as much as 16 bytes.
    for (let index = 0; index < length; index++) value[index] = this.bytes[start + index] as number
    return value
  }

  child(slot: number): number {
    return this.view.getUint32(this.cell(slot) + 2, true)
  }

  setChild(slot: number, child: number): void {
    this.view.setUint32(this.cell(slot) + 2, child, true)
  }

  /** The slot of the key, or, where it is missing, `-1 - slot` of the place it belongs to. Of a leaf. */
  find(key: Uint8Array): number {
    return this.#search(key, leafCellHead, 0)
  }

  /** The slot of the child that has the key, of an inner page. */
  childSlot(key: Uint8Array): number {
    const found = this.#search(key, innerCellHead, 1)
    return found >= 0 ? found : -2 - found
  }

  /**
   * The slot of the key from one on, or `-1 - slot` of its place. Written for the machine: two thirds of the time of a
   * write are spent in this search, most of it waiting for memory. What the key has in common with both neighbours
   * found so far is not compared again, which is worth 5 % for keys of 16 bytes that begin alike.
   */
  #search(key: Uint8Array, head: number, from: number): number {
    const { bytes, base } = this
    const keyLength = key.length
    const slots = base + slotsAt
    let low = from
    let high = ((bytes[base + countAt] as number) | ((bytes[base + countAt + 1] as number) << 8)) - 1
    let commonLow = 0
    let commonHigh = 0
    while (low <= high) {
      const middle = (low + high) >>> 1
      const slot = slots + middle * 2
      const cell = base + ((bytes[slot] as number) | ((bytes[slot + 1] as number) << 8))
      const length = (bytes[cell] as number) | ((bytes[cell + 1] as number) << 8)
      const start = cell + head
      const end = length < keyLength ? length : keyLength
      let index = commonLow < commonHigh ? commonLow : commonHigh
      while (index < end && bytes[start + index] === key[index]) index++
      const order = index < end ? (bytes[start + index] as number) - (key[index] as number) : length - keyLength
      if (order === 0) return middle
      if (order < 0) {
        low = middle + 1
        commonLow = index
      } else {
        high = middle - 1
        commonHigh = index
      }
    }
    return -1 - low
  }

  /** Whether a cell of so many bytes fits, after tidying up if need be. */
  hasRoom(cellBytes: number): boolean {
    return pageBytes - slotsAt - this.usedBytes >= cellBytes + 2
  }

  /** Makes room for a cell at a slot; returns where in `bytes` the cell begins. There must be room. */
  insert(slot: number, cellBytes: number): number {
    const { view, base, count } = this
    const slotsEnd = slotsAt + count * 2
    if (view.getUint16(base + cellsStartAt, true) - slotsEnd < cellBytes + 2) this.#tidy()
    const cellAt = view.getUint16(base + cellsStartAt, true) - cellBytes
    assert(cellAt >= slotsEnd + 2, 'a page without room')
    this.bytes.copyWithin(base + slotsAt + slot * 2 + 2, base + slotsAt + slot * 2, base + slotsEnd)
    view.setUint16(base + slotsAt + slot * 2, cellAt, true)
    view.setUint16(base + cellsStartAt, cellAt, true)
    view.setUint16(base + countAt, count + 1, true)
    return base + cellAt
  }

  remove(slot: number): void {
    const { view, base, count } = this
    const cellBytes = this.cellBytes(slot)
    view.setUint16(base + deadAt, view.getUint16(base + deadAt, true) + cellBytes, true)
    this.bytes.copyWithin(base + slotsAt + slot * 2, base + slotsAt + slot * 2 + 2, base + slotsAt + count * 2)
    view.setUint16(base + countAt, count - 1, true)
  }

  /** Moves cells to the end of another page of the same kind, in order. */
  moveTo(target: TreePage, fromSlot: number): void {
    const count = this.count
    for (let slot = fromSlot; slot < count; slot++) {
      const cellBytes = this.cellBytes(slot)
      const from = this.cell(slot)
      const to = target.insert(target.count, cellBytes)
      target.bytes.set(this.bytes.subarray(from, from + cellBytes), to)
    }
    for (let slot = count - 1; slot >= fromSlot; slot--) this.remove(slot)
  }

  /** Puts the cells together again, without those that were removed. */
  #tidy(): void {
    const { view, base, count } = this
    const old = this.bytes.slice(base, base + pageBytes)
    const oldView = new DataView(old.buffer)
    const isLeaf = this.isLeaf
    let end = pageBytes
    for (let slot = 0; slot < count; slot++) {
      const from = oldView.getUint16(slotsAt + slot * 2, true)
      const cellBytes = sizeOfCell(oldView, from, isLeaf)
      end -= cellBytes
      this.bytes.set(old.subarray(from, from + cellBytes), base + end)
      view.setUint16(base + slotsAt + slot * 2, end, true)
    }
    view.setUint16(base + cellsStartAt, end, true)
    view.setUint16(base + deadAt, 0, true)
  }
}

function sizeOfCell(view: DataView, cell: number, isLeaf: boolean): number {
  const keyLength = view.getUint16(cell, true)
  return isLeaf ? leafCellBytes(keyLength, view.getUint32(cell + 2, true)) : innerCellHead + keyLength
}

/** What a key and its record take of a leaf. */
export function leafCellBytes(keyLength: number, valueLength: number): number {
  return leafCellHead + keyLength + (valueLength <= inlineValueBytesMax ? valueLength : 0)
}
