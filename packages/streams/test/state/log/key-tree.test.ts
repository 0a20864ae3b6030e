import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Random } from '@streamwright/std'
import { seededRandom } from '@streamwright/std'
import { Epochs } from '../../../src/state/engine/log/epochs.ts'
import type { Reader } from '../../../src/state/engine/log/epochs.ts'
import { KeyTree, TreeCursor } from '../../../src/state/engine/log/key-tree.ts'
import { PageSlab } from '../../../src/state/engine/log/page-slab.ts'
import { TreePage } from '../../../src/state/engine/log/tree-page.ts'

/** What is known of a key: offset and length of its value, as text. */
type Model = Map<string, string>

interface OpenReader extends Reader {
  readonly root: number
  readonly expected: readonly string[]
  isClosed: boolean
}

class TreeUnderTest {
  readonly epochs = new Epochs()
  readonly slab = new PageSlab()
  readonly tree = new KeyTree(this.slab, this.epochs)
  readonly model: Model = new Map()
  readonly readers: OpenReader[] = []

  put(key: Buffer, offset: number, value: Buffer): void {
    const known = this.model.get(key.toString('latin1'))
    assert.equal(this.tree.put(key, 1, offset, value.length, value, 0), known !== undefined)
    if (known !== undefined) assert.equal(`${this.tree.offset} ${this.tree.valueLength}`, known)
    this.model.set(key.toString('latin1'), `${offset} ${value.length}`)
  }

  remove(key: Buffer): void {
    assert.equal(this.tree.remove(key), this.model.delete(key.toString('latin1')))
  }

  read(): void {
    const reader = { root: this.tree.root, epoch: this.epochs.next(), expected: this.expected(), isClosed: false }
    this.epochs.begin(reader)
    this.readers.push(reader)
  }

  expected(): string[] {
    return [...this.model]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, place]) => `${Buffer.from(key, 'latin1').toString('hex')} ${place}`)
  }

  entries(root: number, from: Buffer | undefined, reverse: boolean): string[] {
    const found: string[] = []
    const cursor = new TreeCursor(this.slab, root, from, reverse)
    for (let page = cursor.page; page !== undefined; page = cursor.page) {
      const { slot } = cursor
      found.push(`${page.key(slot).toString('hex')} ${page.offset(slot)} ${page.valueLength(slot)}`)
      cursor.advance()
    }
    return found
  }

  check(): void {
    assert.equal(this.tree.count, this.model.size)
    assert.deepEqual(this.entries(this.tree.root, undefined, false), this.expected())
    assert.deepEqual(this.entries(this.tree.root, undefined, true), this.expected().toReversed())
  }

  /** All readers see what they saw, and close. */
  closeReaders(): void {
    for (const reader of this.readers.splice(0)) {
      assert.deepEqual(this.entries(reader.root, undefined, false), reader.expected)
      reader.isClosed = true
      this.epochs.end(reader)
    }
    this.epochs.settle()
  }

  pages(page = this.tree.root): number {
    const there = new TreePage(this.slab).at(page)
    if (there.isLeaf) return 1
    let sum = 1
    for (let slot = 0; slot < there.count; slot++) sum += this.pages(there.at(page).child(slot))
    return sum
  }
}

/** Keys that meet, some in order and some not, from empty to the longest that are kept whole. */
function keyOf(random: Random): Buffer {
  const number = random.below(3000)
  const length = random.fraction()
  if (length < 0.02) return Buffer.alloc(1899, number % 7)
  if (length < 0.1) return Buffer.concat([Buffer.alloc(number % 400, 5), Buffer.from([number % 256])])
  if (length < 0.4) return Buffer.from(`key-${String(number).padStart(12, '0')}`)
  return Buffer.from([number & 255, number >> 8])
}

describe('KeyTree', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    test(`agrees with a map, in order, as it grows and shrinks under readers (seed ${seed})`, () => {
      const random = seededRandom(seed)
      const subject = new TreeUnderTest()
      for (let phase = 0; phase < 8; phase++) {
        // Phases grow or shrink, so that pages split, join and disappear.
        const removals = phase % 2 === 0 ? 0.2 : 0.85
        for (let step = 0; step < 2500; step++) {
          const key = keyOf(random)
          if (random.fraction() < removals) subject.remove(key)
          else subject.put(key, step, Buffer.alloc(random.below(40), step))
          if (random.fraction() < 0.002) subject.read()
          if (random.fraction() < 0.002) subject.epochs.settle()
        }
        subject.check()
        subject.closeReaders()
        assert.equal(subject.slab.used, subject.pages(), 'pages that nobody sees are given back')
      }
      for (const key of [...subject.model.keys()]) subject.remove(Buffer.from(key, 'latin1'))
      subject.check()
      assert.equal(subject.slab.used, 1)
    })
  }

  test('stands at the first key from a bound on, or the last below it', () => {
    const subject = new TreeUnderTest()
    for (let index = 0; index < 2000; index++) {
      subject.put(Buffer.from(String(index * 2).padStart(6, '0')), index, Buffer.alloc(20))
    }
    const first = (number: number, reverse: boolean): string | undefined => {
      const from = Buffer.from(String(number).padStart(6, '0'))
      return Buffer.from(subject.entries(subject.tree.root, from, reverse)[0]?.split(' ')[0] ?? '', 'hex').toString()
    }
    for (let number = 0; number < 4000; number += 7) {
      const above = number % 2 === 0 ? number : number + 1
      assert.equal(first(number, false), above >= 4000 ? '' : String(above).padStart(6, '0'))
      const below = number % 2 === 0 ? number - 2 : number - 1
      assert.equal(first(number, true), below < 0 ? '' : String(below).padStart(6, '0'))
    }
  })

  test('fills its pages when keys come in order: 34 bytes of memory for a key of 16', () => {
    const subject = new TreeUnderTest()
    for (let index = 0; index < 50_000; index++) {
      const key = Buffer.from(String(index).padStart(16, '0'))
      subject.tree.put(key, 1, index, 100, key, 0)
    }
    const bytesPerKey = (subject.slab.used * 8192) / 50_000
    assert.ok(bytesPerKey < 35, `${bytesPerKey} bytes a key`)
  })

  test('takes at most 50 bytes for a key of 16 at random, and 76 with a value of 16', () => {
    for (const [valueLength, limit] of [
      [100, 50],
      [16, 76],
    ] as const) {
      const subject = new TreeUnderTest()
      const random = seededRandom(7)
      const value = Buffer.alloc(valueLength)
      for (let index = 0; index < 50_000; index++) {
        const key = Buffer.from(String(Math.floor(random.fraction() * 2 ** 50)).padStart(16, '0'))
        subject.tree.put(key, 1, index, valueLength, value, 0)
      }
      const bytesPerKey = (subject.slab.used * 8192) / subject.tree.count
      assert.ok(bytesPerKey < limit, `${bytesPerKey} bytes a key`)
    }
  })
})
