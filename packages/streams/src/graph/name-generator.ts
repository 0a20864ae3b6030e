import { validateName } from '../topology/names.ts'

/**
 * Numbers what has no name. One counter for nodes and stores, and a number is used up even where the user gave a name,
 * so that naming one operator leaves the names of the others as they are.
 */
export class NameGenerator {
  #next = 0

  processor(prefix: string): string {
    return `${prefix}${this.#number()}`
  }

  store(prefix: string): string {
    return `${prefix}STATE-STORE-${this.#number()}`
  }

  /** The given name, or a generated one; the number is used up in both cases. */
  named(name: string | undefined, prefix: string): string {
    if (name !== undefined) validateName(name)
    const generated = this.processor(prefix)
    return name ?? generated
  }

  /** The given name with a suffix, or a generated one; the number is used up in both cases. */
  suffixed(name: string | undefined, suffix: string, prefix: string): string {
    const generated = this.processor(prefix)
    if (name === undefined) return generated
    validateName(name)
    return `${name}${suffix}`
  }

  #number(): string {
    return String(this.#next++).padStart(10, '0')
  }
}
