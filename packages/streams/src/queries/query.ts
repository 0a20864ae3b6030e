/** In which order entries are wanted: of their serialized keys, or of time. `any` is what costs the store least. */
export type ResultOrder = 'any' | 'ascending' | 'descending'

/**
 * A question to a store. `R` is what it answers with. Extend it for stores of your own, which answer in their `query`.
 * Java: `Query`.
 */
export abstract class Query<R> {
  /** Java's name of it, for messages. */
  abstract readonly type: string
  /** Only for the types: what the answer is. */
  declare readonly resultType: R | undefined

  toString(): string {
    return this.type
  }
}
