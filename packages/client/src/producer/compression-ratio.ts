/** A ratio falls slowly and rises fast: a batch that turns out too large costs more than one that is a bit small. */
const improvementStep = 0.005
const deteriorationStep = 0.05
/** What an estimate is taken as worse, so that batches seldom exceed `batch.size`. */
const safety = 1.05
/** Better ratios are not trusted: a batch would take records for too long, and memory. */
const ratioMin = 0.05

/** Estimates how much the records of a topic shrink, so that batches are as large as allowed *after* compression. */
export class CompressionRatio {
  #ratio = 1

  /** How many bytes of records fit into a batch of `batchBytes`. */
  uncompressedBytes(batchBytes: number): number {
    const ratio = this.#ratio * safety
    return ratio >= 1 ? batchBytes : Math.floor(batchBytes / ratio)
  }

  observe(uncompressedBytes: number, compressedBytes: number): void {
    const observed = compressedBytes / uncompressedBytes
    const next =
      observed > this.#ratio
        ? Math.max(this.#ratio + deteriorationStep, observed)
        : Math.max(this.#ratio - improvementStep, observed)
    this.#ratio = Math.min(Math.max(next, ratioMin), 1)
  }

  /** A batch was too large: begin without trust. */
  reset(): void {
    this.#ratio = 1
  }
}
