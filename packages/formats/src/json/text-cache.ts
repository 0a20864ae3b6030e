import { cachedTextBytesMax, cachedTexts, textCacheMissesMax } from '../limits.ts'
import { asciiText } from '../utf8-text.ts'
import { memory } from './json-bytes.ts'

const wordBytes = 4
const slotWords = cachedTextBytesMax / wordBytes
const slotBits = 32 - Math.log2(cachedTexts)

/**
 * The texts that one field had lately, by their bytes: the same region, currency or user again is the same string, found
 * in 12 ns where making it takes 28, and kept once however many objects have it. A field whose texts mostly differ stops
 * asking.
 */
export class TextCache {
  readonly #texts: string[] = Array.from({ length: cachedTexts }, () => '')
  readonly #lengths = new Uint8Array(cachedTexts)
  /** The bytes of each text; the last word holds the last four, which may be some of those before. */
  readonly #words = new Uint32Array(cachedTexts * slotWords)
  #misses = 0

  /** The text of these ASCII bytes, of the buffer that `memory` is turned to. */
  text(bytes: Buffer, start: number, end: number): string {
    const length = end - start
    if (length < wordBytes || length > cachedTextBytesMax || this.#misses > textCacheMissesMax) {
      return asciiText(bytes, start, end)
    }
    const { view, base } = memory
    const first = view.getUint32(base + start, true)
    const last = view.getUint32(base + end - wordBytes, true)
    const slot = Math.imul(first ^ Math.imul(last, 0x9e3779b1) ^ length, 0x85ebca6b) >>> slotBits
    const words = this.#words
    const firstWord = slot * slotWords
    if (
      this.#lengths[slot] === length &&
      words[firstWord] === first &&
      words[firstWord + slotWords - 1] === last &&
      this.#isSame(firstWord, base + start, length)
    ) {
      if (this.#misses > 0) this.#misses--
      return this.#texts[slot] as string
    }
    this.#misses += 2
    this.#lengths[slot] = length
    words[firstWord] = first
    words[firstWord + slotWords - 1] = last
    for (let index = 1; index * wordBytes < length - wordBytes; index++) {
      words[firstWord + index] = view.getUint32(base + start + index * wordBytes, true)
    }
    return (this.#texts[slot] = asciiText(bytes, start, end))
  }

  /** Whether the words between the first and the last are those at `at` in memory. */
  #isSame(firstWord: number, at: number, length: number): boolean {
    for (let index = 1; index * wordBytes < length - wordBytes; index++) {
      if (this.#words[firstWord + index] !== memory.view.getUint32(at + index * wordBytes, true)) return false
    }
    return true
  }
}
