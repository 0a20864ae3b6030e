import { compareText } from '../topic-partition.ts'

/** Members in ascending order of how many partitions they have, then by id. */
export class MembersByLoad {
  readonly #members: string[] = []
  readonly #loadOf: (memberId: string) => number

  /** `loadOf` of a member may only change while the member is not in here. */
  constructor(loadOf: (memberId: string) => number) {
    this.#loadOf = loadOf
  }

  get ascending(): readonly string[] {
    return this.#members
  }

  get largestLoad(): number {
    const last = this.#members.at(-1)
    return last === undefined ? 0 : this.#loadOf(last)
  }

  get smallestLoad(): number {
    const first = this.#members[0]
    return first === undefined ? 0 : this.#loadOf(first)
  }

  add(memberId: string): void {
    const index = this.#indexOf(memberId)
    if (this.#members[index] !== memberId) this.#members.splice(index, 0, memberId)
  }

  remove(memberId: string): void {
    const index = this.#indexOf(memberId)
    if (this.#members[index] === memberId) this.#members.splice(index, 1)
  }

  /** Where the member is, or would be. */
  #indexOf(memberId: string): number {
    const load = this.#loadOf(memberId)
    let low = 0
    let high = this.#members.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#members[middle] ?? ''
      if ((this.#loadOf(other) - load || compareText(other, memberId)) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
