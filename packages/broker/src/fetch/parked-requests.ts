/** Requests that wait for something to happen. When the broker closes, they are answered with what there is. */
export class ParkedRequests {
  readonly #release = new Set<() => void>()

  get count(): number {
    return this.#release.size
  }

  /** `release` ends the wait. The returned function takes the request out, when it is answered. */
  add(release: () => void): () => void {
    this.#release.add(release)
    return () => void this.#release.delete(release)
  }

  releaseAll(): void {
    for (const release of this.#release) release()
  }
}
