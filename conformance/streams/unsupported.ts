/** A vector needs something that does not exist yet. The reason names the feature, never the vector. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError'
  readonly feature: string

  constructor(feature: string) {
    super(`not built yet: ${feature}`)
    this.feature = feature
  }
}
