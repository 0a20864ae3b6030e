/** Something that shows a moment of the past, and may have been forgotten by its owner. */
export interface Reader {
  readonly epoch: number
  readonly isClosed: boolean
}

/**
 * Moments that somebody still looks at, and what must be kept for them. A snapshot takes the present epoch and begins
 * the next; what is replaced later is retired, and freed when no snapshot from before is open.
 */
export class Epochs {
  #present = 1
  /** Readers since the last commit: most are closed again before the next. */
  readonly #open = new Set<Reader>()
  /** Older ones. Weak, so that one that nobody closed does not hold its moment for ever. */
  readonly #lasting = new Set<WeakRef<Reader>>()
  readonly #retired: { readonly epoch: number; readonly free: () => void }[] = []
  /** The newest epoch that a reader may look at: pages from later on are changed in place. */
  newestRead = 0

  /** The epoch that changes belong to. */
  get present(): number {
    return this.#present
  }

  /** The epoch of a new reader, which is added by `begin`. */
  next(): number {
    this.newestRead = this.#present
    return this.#present++
  }

  begin(reader: Reader): void {
    this.#open.add(reader)
  }

  end(reader: Reader): void {
    this.#open.delete(reader)
  }

  /** Calls `free` as soon as no reader of the present or the past is left. */
  retire(free: () => void): void {
    if (this.newestRead === 0) free()
    else this.#retired.push({ epoch: this.#present, free })
  }

  /** Before each commit: finds out who still reads, and frees what nobody can see any more. */
  settle(): void {
    // A weak reference costs far more than an entry of a set, so that only those get one that outlive a commit.
    for (const reader of this.#open) this.#lasting.add(new WeakRef(reader))
    this.#open.clear()
    let oldest = Infinity
    let newest = 0
    for (const reference of this.#lasting) {
      const reader = reference.deref()
      if (reader === undefined || reader.isClosed) {
        this.#lasting.delete(reference)
        continue
      }
      oldest = Math.min(oldest, reader.epoch)
      newest = Math.max(newest, reader.epoch)
    }
    this.newestRead = newest
    let freed = 0
    // What was retired in epoch n is seen by readers of epochs below n.
    while (freed < this.#retired.length && (this.#retired[freed]?.epoch ?? Infinity) <= oldest) {
      this.#retired[freed++]?.free()
    }
    this.#retired.splice(0, freed)
  }
}
