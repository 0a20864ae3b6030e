import { assert } from '@streamwright/std'
import type { Epochs } from './epochs.ts'
import { inlineValueBytesMax } from './limits.ts'
import type { PageSlab } from './page-slab.ts'
import { pageBytes } from './page-slab.ts'
import { TreePage, innerCellHead, leafCellBytes, leafCellHead } from './tree-page.ts'

/** With four cells on a page at worst, 2^31 pages are no deeper than this. */
const depthMax = 32

/** A leaf below this share joins a neighbour, if both fill no more than the other share. */
const mergeBelowBytes = pageBytes / 4
const mergedBytesMax = (pageBytes * 3) / 4

/**
 * A B+tree from keys to the places of their records in the log. Pages that a reader may see are copied before they
 * change, so that a reader keeps the root of its moment, and nothing else.
 *
 * A key of 16 bytes takes 46 bytes at random, 34 in order, and a short value its own beside it.
 */
export class KeyTree {
  readonly #slab: PageSlab
  readonly #epochs: Epochs
  readonly #page: TreePage
  readonly #other: TreePage
  readonly #pathPages = new Float64Array(depthMax)
  readonly #pathSlots = new Int32Array(depthMax)
  #depth = 0
  #root: number
  #count = 0

  /** Of the record that the last `find`, `put` or `remove` has met: where it lies, and the length of its value. */
  segment = 0
  offset = 0
  valueLength = 0

  constructor(slab: PageSlab, epochs: Epochs) {
    this.#slab = slab
    this.#epochs = epochs
    this.#page = new TreePage(slab)
    this.#other = new TreePage(slab)
    this.#root = this.#newPage(true)
  }

  get root(): number {
    return this.#root
  }

  get count(): number {
    return this.#count
  }

  /** Whether the key is there; `segment`, `offset` and `valueLength` tell of its record. */
  find(key: Uint8Array, root: number = this.#root): boolean {
    const page = this.#page.at(root)
    while (!page.isLeaf) page.at(page.child(page.childSlot(key)))
    const slot = page.find(key)
    if (slot < 0) return false
    this.#meet(page, slot)
    this.#foundSlot = slot
    return true
  }

  /** The value that the last `find` has met, if it is short enough to stand here. A copy. */
  inlineValue(): Buffer | undefined {
    return this.#page.inlineValue(this.#foundSlot)
  }

  /**
   * Sets where the record of a key lies; `bytes` has its value at `valueAt`. Whether the key was there before: then the
   * fields tell of the old record.
   */
  put(
    key: Uint8Array,
    segment: number,
    offset: number,
    valueLength: number,
    bytes: Uint8Array,
    valueAt: number,
  ): boolean {
    let slot = this.#descend(key)
    let page = this.#writable(this.#depth)
    const isKnown = slot >= 0
    const cellBytes = leafCellBytes(key.length, valueLength)
    if (isKnown) {
      this.#meet(page, slot)
      if (page.cellBytes(slot) !== cellBytes) {
        page.remove(slot)
        slot = -1 - slot
      }
    } else this.#count++
    if (slot < 0) {
      page = this.#insert(page, -1 - slot, key, cellBytes, this.#depth)
      slot = this.#insertedSlot
    }
    const cell = page.cell(slot)
    page.view.setUint32(cell + 2, valueLength, true)
    page.view.setUint32(cell + 6, segment, true)
    page.view.setUint32(cell + 10, offset, true)
    if (valueLength <= inlineValueBytesMax) {
      const start = cell + leafCellHead + key.length
      for (let index = 0; index < valueLength; index++) page.bytes[start + index] = bytes[valueAt + index] as number
    }
    return isKnown
  }

  /** Forgets a key. Whether it was there: then the fields tell of its record. */
  remove(key: Uint8Array): boolean {
    const slot = this.#descend(key)
    if (slot < 0) return false
    const page = this.#writable(this.#depth)
    this.#meet(page, slot)
    page.remove(slot)
    this.#count--
    if (this.#depth > 0 && page.usedBytes < mergeBelowBytes) this.#shrink(page)
    return true
  }

  /** Forgets all keys. Readers keep theirs. */
  clear(): void {
    const root = this.#root
    this.#root = this.#newPage(true)
    this.#count = 0
    this.#epochs.retire(() => this.#releaseAll(root))
  }

  #meet(page: TreePage, slot: number): void {
    const cell = page.cell(slot)
    this.valueLength = page.view.getUint32(cell + 2, true)
    this.segment = page.view.getUint32(cell + 6, true)
    this.offset = page.view.getUint32(cell + 10, true)
  }

  /** Goes down to the leaf of a key and notes the way; what `TreePage.find` says. */
  #descend(key: Uint8Array): number {
    const page = this.#page.at(this.#root)
    let depth = 0
    while (!page.isLeaf) {
      const slot = page.childSlot(key)
      this.#pathPages[depth] = page.page
      this.#pathSlots[depth] = slot
      depth++
      page.at(page.child(slot))
    }
    this.#pathPages[depth] = page.page
    this.#depth = depth
    return page.find(key)
  }

  /** The page of the way at a depth, copied before if a reader may see it. Its parents are copied with it. */
  #writable(depth: number): TreePage {
    const number = this.#pathPages[depth] as number
    const page = this.#page.at(number)
    // A page that has changed since the last reader began has parents that have, too.
    if (page.epoch > this.#epochs.newestRead) return page
    const copy = this.#slab.allocate()
    this.#slab.copy(number, copy)
    this.#epochs.retire(() => this.#slab.release(number))
    this.#pathPages[depth] = copy
    if (depth === 0) this.#root = copy
    else this.#writable(depth - 1).setChild(this.#pathSlots[depth - 1] as number, copy)
    page.at(copy).epoch = this.#epochs.present
    return page
  }

  #insertedSlot = 0
  #foundSlot = 0

  /** Adds a cell for a key, splitting the page if it is full. Returns the page that got it, at `#insertedSlot`. */
  #insert(page: TreePage, slot: number, key: Uint8Array, cellBytes: number, depth: number): TreePage {
    if (page.hasRoom(cellBytes)) {
      const cell = page.insert(slot, cellBytes)
      page.view.setUint16(cell, key.length, true)
      page.bytes.set(key, cell + (page.isLeaf ? leafCellHead : innerCellHead))
      this.#insertedSlot = slot
      return page
    }
    const left = page.page
    const isLeaf = page.isLeaf
    const at = splitSlot(page, slot, cellBytes)
    const right = this.#newPage(isLeaf)
    page.moveTo(this.#other.at(right), at)
    // One that belongs where the page was cut ends the left page, unless it is the reason for a new one.
    const goesRight = slot > at || (slot === at && this.#other.count === 0)
    const target = goesRight ? this.#page.at(right) : this.#page.at(left)
    const targetSlot = goesRight ? slot - at : slot
    this.#insert(target, targetSlot, key, cellBytes, depth)
    this.#addChild(left, right, depth)
    this.#page.at(goesRight ? right : left)
    this.#insertedSlot = targetSlot
    return this.#page
  }

  /** Tells the parent of a page that a part of it stands in a new one. */
  #addChild(left: number, right: number, depth: number): void {
    const separator = this.#separator(left, right)
    if (depth === 0) {
      const root = this.#newPage(false)
      const page = this.#page.at(root)
      page.view.setUint16(page.insert(0, innerCellHead), 0, true)
      page.setChild(0, left)
      this.#root = root
      this.#insert(page, 1, separator, innerCellHead + separator.length, 0)
      page.at(root).setChild(1, right)
      return
    }
    const parent = this.#page.at(this.#pathPages[depth - 1] as number)
    const slot = (this.#pathSlots[depth - 1] as number) + 1
    const got = this.#insert(parent, slot, separator, innerCellHead + separator.length, depth - 1)
    got.setChild(this.#insertedSlot, right)
  }

  /** The shortest key that is above the left page and not above the right one. */
  #separator(left: number, right: number): Uint8Array {
    const first = this.#page.at(right).key(0)
    if (!this.#page.isLeaf) return first
    const last = this.#page.at(left).key(this.#page.count - 1)
    let common = 0
    while (common < last.length && last[common] === first[common]) common++
    return first.subarray(0, common + 1)
  }

  /** Joins a leaf that has become small with a neighbour, or drops an empty one. */
  #shrink(page: TreePage): void {
    const leaf = page.page
    const depth = this.#depth
    const slot = this.#pathSlots[depth - 1] as number
    if (page.count === 0) {
      this.#slab.release(leaf)
      this.#dropChild(depth - 1, slot)
      return
    }
    const used = page.usedBytes
    const parent = this.#page.at(this.#pathPages[depth - 1] as number)
    if (slot + 1 >= parent.count) return
    const next = parent.child(slot + 1)
    if (used + this.#other.at(next).usedBytes > mergedBytesMax) return
    const isSeen = this.#other.epoch <= this.#epochs.newestRead
    this.#page.at(leaf)
    copyCells(this.#other, this.#page)
    if (isSeen) this.#epochs.retire(() => this.#slab.release(next))
    else this.#slab.release(next)
    this.#dropChild(depth - 1, slot + 1)
  }

  #dropChild(depth: number, slot: number): void {
    const page = this.#page.at(this.#pathPages[depth] as number)
    page.remove(slot)
    if (page.count === 0) {
      assert(depth > 0, 'a root without children')
      this.#slab.release(page.page)
      this.#dropChild(depth - 1, this.#pathSlots[depth - 1] as number)
      return
    }
    if (depth === 0) this.#lowerRoot(page)
  }

  /** A root with one child gives its place to it. */
  #lowerRoot(page: TreePage): void {
    while (!page.isLeaf && page.count === 1) {
      const number = page.page
      const isSeen = page.epoch <= this.#epochs.newestRead
      this.#root = page.child(0)
      if (isSeen) this.#epochs.retire(() => this.#slab.release(number))
      else this.#slab.release(number)
      page.at(this.#root)
    }
  }

  #newPage(isLeaf: boolean): number {
    const number = this.#slab.allocate()
    this.#other.at(number).clear(isLeaf, this.#epochs.present)
    return number
  }

  #releaseAll(root: number): void {
    const page = new TreePage(this.#slab).at(root)
    if (!page.isLeaf) for (let slot = page.count - 1; slot >= 0; slot--) this.#releaseAll(page.at(root).child(slot))
    this.#slab.release(root)
  }
}

/** A cursor over the keys below a root that nobody changes: the pages of a reader's moment. */
export class TreeCursor {
  readonly #page: TreePage
  readonly #pages: number[] = []
  readonly #slots: number[] = []
  readonly #step: 1 | -1

  /** Stands at the first key that is not below `from`, or, in reverse, at the last one below `from`; undefined is open. */
  constructor(slab: PageSlab, root: number, from: Uint8Array | undefined, reverse: boolean) {
    this.#page = new TreePage(slab)
    this.#step = reverse ? -1 : 1
    const page = this.#page.at(root)
    while (!page.isLeaf) {
      const slot = from === undefined ? (reverse ? page.count - 1 : 0) : page.childSlot(from)
      this.#push(page.page, slot)
      page.at(page.child(slot))
    }
    const found = from === undefined ? (reverse ? -1 - page.count : -1) : page.find(from)
    const slot = found < 0 ? -1 - found : found
    this.#push(page.page, reverse ? slot - 1 : slot)
    this.#settle()
  }

  /** The page whose cell at `slot` the cursor stands at; undefined beyond the last. */
  get page(): TreePage | undefined {
    return this.#pages.length === 0 ? undefined : this.#page
  }

  get slot(): number {
    return this.#slots.at(-1) ?? -1
  }

  advance(): void {
    this.#move()
    this.#settle()
  }

  #push(page: number, slot: number): void {
    this.#pages.push(page)
    this.#slots.push(slot)
  }

  #move(): void {
    const top = this.#slots.length - 1
    this.#slots[top] = (this.#slots[top] as number) + this.#step
  }

  /** Leaves pages that are done, and goes down to the next leaf. */
  #settle(): void {
    const page = this.#page
    while (this.#pages.length > 0) {
      page.at(this.#pages.at(-1) as number)
      const slot = this.slot
      if (slot < 0 || slot >= page.count) {
        this.#pages.pop()
        this.#slots.pop()
        if (this.#pages.length > 0) this.#move()
      } else if (page.isLeaf) return
      else {
        const child = page.child(slot)
        this.#push(child, this.#step === 1 ? 0 : page.at(child).count - 1)
      }
    }
  }
}

/** The slot from which on cells move to a new page, when one of `cellBytes` is to be added at `slot`. */
function splitSlot(page: TreePage, slot: number, cellBytes: number): number {
  const { count } = page
  // Keys that come in order fill their pages: the new one begins the next.
  if (slot === count) return count
  const half = (page.usedBytes + cellBytes) / 2
  let bytes = 0
  for (let at = 0; at < count; at++) {
    if (at === slot) bytes += cellBytes
    if (bytes >= half && at > 0) return at
    bytes += page.cellBytes(at) + 2
  }
  return count - 1
}

/** Adds the cells of one leaf to the end of another, without changing the first. */
function copyCells(from: TreePage, to: TreePage): void {
  const { count } = from
  for (let slot = 0; slot < count; slot++) {
    const cellBytes = from.cellBytes(slot)
    const cell = from.cell(slot)
    const target = to.insert(to.count, cellBytes)
    to.bytes.set(from.bytes.subarray(cell, cell + cellBytes), target)
  }
}
