/** A table of which every instance keeps all rows, to be joined by any key. */
export class GlobalKTable<K, V> {
  readonly #storeName: string
  /** Only for the types: keys and values of the rows. */
  declare readonly rowType: readonly [K, V] | undefined

  constructor(storeName: string) {
    this.#storeName = storeName
  }

  queryableStoreName(): string {
    return this.#storeName
  }
}
