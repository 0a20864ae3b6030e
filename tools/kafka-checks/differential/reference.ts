/**
 * A value that each broker has chosen itself: the id of a topic, a producer or a member. Requests name it, and each
 * broker is sent its own.
 */
export class Reference {
  readonly name: string
  readonly #otherwise: unknown
  readonly #change: (value: unknown) => unknown

  /** `otherwise` is sent while a broker has not told the value. */
  constructor(name: string, otherwise: unknown, change: (value: unknown) => unknown = (value) => value) {
    this.name = name
    this.#otherwise = otherwise
    this.#change = change
  }

  resolve(known: ReadonlyMap<string, unknown>): unknown {
    return this.#change(known.get(this.name) ?? this.#otherwise)
  }

  /** For messages about differences. */
  toJSON(): string {
    return `<${this.name}>`
  }
}
