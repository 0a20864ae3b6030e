import { assert, present } from '@streamwright/std'

/**
 * Finds, of some members, the next to give to and the next to take from, so that all come to have equally many. Members
 * are in order of what they have; those that are given to are a growing range at the low end, those that are taken from
 * a growing range at the high end, each at one level:
 *
 * ```text
 *   partitions       ┌ taken from ┐
 *        ▲           │         ░░░░
 *        │           │       ░░████   ░ to be taken away
 *        │▒▒▒▒▒▒▒▒        ████████   ▒ to be added
 *        │████▒▒▒▒    ████████████
 *        └────────────────────────► members
 *         └ given to ┘
 * ```
 *
 * Giving and taking is up to who asks; the levels follow from how often it does.
 */
export class LoadRanges {
  /** What every member has, by its index. Whoever moves partitions keeps it up to date. */
  readonly #loads: readonly number[]
  readonly #members: number[]
  #lowEnd = 0
  #lowLevel: number
  #nextLow = 0
  #highStart: number
  #highEnd: number
  #highLevel: number
  #nextHigh: number

  constructor(members: readonly number[], loads: readonly number[]) {
    assert(members.length > 0, 'A topic has subscribers')
    this.#loads = loads
    this.#members = members.toSorted((left, right) => this.#load(left) - this.#load(right) || left - right)
    this.#lowLevel = this.#loadAt(0) - 1
    this.#highStart = members.length
    this.#highEnd = members.length
    this.#highLevel = this.#loadAt(members.length - 1) + 1
    this.#nextHigh = members.length - 1
  }

  /** Between the member that has most and the one that has least, before anything is moved. */
  get imbalance(): number {
    return this.#loadAt(this.#members.length - 1) - this.#loadAt(0)
  }

  get isBalanced(): boolean {
    return this.#highLevel - this.#lowLevel <= 1
  }

  nextToGiveTo(): number {
    if (this.#nextLow >= this.#lowEnd) {
      this.#lowLevel += 1
      while (this.#lowEnd < this.#members.length && this.#loadAt(this.#lowEnd) === this.#lowLevel) this.#lowEnd += 1
      this.#nextLow = 0
    }
    return this.#memberAt(this.#nextLow++)
  }

  /** The next for which `hasSomething` is true; those for which it is not are left out for good. −1: nobody. */
  nextToTakeFrom(hasSomething: (member: number) => boolean): number {
    for (;;) {
      const member = this.#nextHighMember()
      if (member === -1 || hasSomething(member)) return member
      this.#leaveOut(this.#nextHigh + 1)
    }
  }

  #nextHighMember(): number {
    if (this.#nextHigh < this.#highStart) {
      const isUsedUp = this.#highEnd <= this.#highStart && this.#highStart > 0
      this.#highLevel = isUsedUp ? this.#loadAt(this.#highStart - 1) : this.#highLevel - 1
      while (this.#highStart > 0 && this.#loadAt(this.#highStart - 1) === this.#highLevel) this.#highStart -= 1
      this.#nextHigh = this.#highEnd - 1
    }
    return this.#nextHigh < 0 ? -1 : this.#memberAt(this.#nextHigh--)
  }

  /** Behind the range's end, in exchange for who stands there. */
  #leaveOut(position: number): void {
    const member = this.#memberAt(position)
    this.#members[position] = this.#memberAt(this.#highEnd - 1)
    this.#members[this.#highEnd - 1] = member
    this.#highEnd -= 1
  }

  #memberAt(position: number): number {
    return present(this.#members[position], 'A range lies within the members')
  }

  #loadAt(position: number): number {
    return this.#load(this.#memberAt(position))
  }

  #load(member: number): number {
    return present(this.#loads[member], 'Every member has a load')
  }
}
