import { assert } from '@streamwright/std'

export interface LeaderEpochStart {
  readonly epoch: number
  readonly startOffset: number
}

/** What the protocol can carry. Only damage comes near it. */
const epochMax = 2 ** 31 - 1

/**
 * `leader-epoch-checkpoint`: which offsets each leader epoch wrote. An epoch begins at every start after an unclean
 * shutdown, which is how clients find out that records they had seen are gone.
 */
export class LeaderEpochs {
  #entries: LeaderEpochStart[]

  constructor(entries: readonly LeaderEpochStart[] = []) {
    this.#entries = []
    for (const { epoch, startOffset } of entries) this.assign(epoch, startOffset)
  }

  /** Reads the file. `undefined` for anything that is not such a file. */
  static parse(text: string): LeaderEpochs | undefined {
    const lines = text.split('\n')
    const count = Number(lines[1])
    if (lines[0] !== '0' || !Number.isInteger(count) || count < 0 || lines.length < count + 2) return undefined
    const entries: LeaderEpochStart[] = []
    for (const line of lines.slice(2, 2 + count)) {
      const [, epoch, startOffset] = /^(\d{1,10}) (\d{1,16})$/.exec(line) ?? []
      if (epoch === undefined || Number(epoch) > epochMax) return undefined
      entries.push({ epoch: Number(epoch), startOffset: Number(startOffset) })
    }
    return new LeaderEpochs(entries)
  }

  toText(): string {
    const lines = this.#entries.map(({ epoch, startOffset }) => `${epoch} ${startOffset}\n`)
    return `0\n${lines.length}\n${lines.join('')}`
  }

  get entries(): readonly LeaderEpochStart[] {
    return this.#entries
  }

  /** −1: none yet. */
  get latest(): number {
    return this.#entries.at(-1)?.epoch ?? -1
  }

  /** The epoch that follows. There is none after the last, which only damage to a file can have reached. */
  get next(): number {
    return Math.min(this.latest + 1, epochMax)
  }

  /** The epoch writes from this offset on. Entries that contradict it go. True if anything changed. */
  assign(epoch: number, startOffset: number): boolean {
    assert(epoch >= 0 && startOffset >= 0, 'A leader epoch and its start are not negative')
    const last = this.#entries.at(-1)
    if (last?.epoch === epoch && last.startOffset <= startOffset) return false
    this.#entries = this.#entries.filter((each) => each.epoch < epoch && each.startOffset < startOffset)
    this.#entries.push({ epoch, startOffset })
    return true
  }

  /** The log now ends here. */
  truncateFromEnd(endOffset: number): void {
    this.#entries = this.#entries.filter((each, index) => index === 0 || each.startOffset < endOffset)
  }

  /** The log now starts here: the epoch at that offset starts there. True if anything changed. */
  truncateFromStart(startOffset: number): boolean {
    const kept = this.#entries.findLastIndex((each) => each.startOffset <= startOffset)
    const entry = this.#entries[kept]
    if (entry === undefined || (kept === 0 && entry.startOffset === startOffset)) return false
    this.#entries = [{ epoch: entry.epoch, startOffset }, ...this.#entries.slice(kept + 1)]
    return true
  }

  /** The epoch that wrote this offset; −1: unknown. */
  epochOf(offset: number): number {
    return this.#entries.findLast((each) => each.startOffset <= offset)?.epoch ?? -1
  }

  /** OffsetForLeaderEpoch: the largest epoch not above the asked one, and where it ended. −1, −1: unknown. */
  endOffsetOf(epoch: number, logEndOffset: number): { readonly leaderEpoch: number; readonly endOffset: number } {
    if (epoch >= 0 && epoch === this.latest) return { leaderEpoch: epoch, endOffset: logEndOffset }
    const higher = this.#entries.findIndex((each) => each.epoch > epoch)
    const next = this.#entries[higher]
    if (epoch === -1 || next === undefined) return { leaderEpoch: -1, endOffset: -1 }
    return { leaderEpoch: this.#entries[higher - 1]?.epoch ?? epoch, endOffset: next.startOffset }
  }
}
