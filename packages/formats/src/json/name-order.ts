import { learnedNamesMax } from '../limits.ts'
import { ascii, cursor, matches, readString, skipSpace } from './json-bytes.ts'

/**
 * The names in objects of one kind, and which followed which in the last of them: a name is compared with the one that is
 * expected, and looked up only when it is another. Names that nobody declared are remembered too, up to a limit.
 *
 * A place is the index of a declared name, or a number above: `beginning`, then those of other names.
 */
export class NameOrder {
  /** The place before the first name. */
  readonly beginning: number
  readonly #names: Buffer[]
  readonly #places: Map<string, number>
  /** The place that followed each. */
  readonly #followers: number[]

  constructor(declared: readonly string[]) {
    this.beginning = declared.length
    this.#names = [...declared.map(quoted), Buffer.from('beginning')]
    this.#places = new Map(declared.map((name, place) => [name, place]))
    this.#followers = [...declared.map((_name, place) => place + 1), 0]
  }

  /** Reads name and colon at `at`, behind the name of `before`; the place of the name, −1 when there is none. */
  read(bytes: Buffer, at: number, end: number, before: number): number {
    const expected = this.#followers[before] as number
    const name = this.#names[expected] as Buffer
    if (matches(bytes, at, name)) {
      cursor.at = at + name.length
      return expected
    }
    return this.#readOther(bytes, at, end, before)
  }

  /** The name at a place, between quotes and with its colon; undefined for one that is not remembered. */
  nameAt(place: number): Buffer | undefined {
    return place === this.beginning ? undefined : this.#names[place]
  }

  #readOther(bytes: Buffer, at: number, end: number, before: number): number {
    const name = readString(bytes, at, end)
    if (name === undefined) return -1
    const colon = skipSpace(bytes, cursor.at, end)
    if (bytes[colon] !== ascii.colon) return -1
    cursor.at = colon + 1
    const place = this.#places.get(name) ?? this.#learn(name)
    this.#followers[before] = place
    return place
  }

  #learn(name: string): number {
    // One that is not remembered: it follows nothing, and what follows it is looked up.
    if (this.#names.length > this.beginning + learnedNamesMax) return this.beginning
    this.#places.set(name, this.#names.length)
    this.#names.push(quoted(name))
    this.#followers.push(this.beginning)
    return this.#names.length - 1
  }
}

function quoted(name: string): Buffer {
  return Buffer.from(`${JSON.stringify(name)}:`)
}
