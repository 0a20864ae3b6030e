import { jsonForm } from './values.ts'

/** What peek, foreach and print saw. */
export class Trace {
  #calls: unknown[] = []
  readonly printed: Map<string, string> = new Map()

  add(id: string, key: unknown, value: unknown): void {
    this.#calls.push([id, jsonForm(key), jsonForm(value)])
  }

  print(id: string, line: string): void {
    this.printed.set(id, (this.printed.get(id) ?? '') + line)
  }

  /** The calls since the last time. */
  take(): readonly unknown[] {
    const calls = this.#calls
    this.#calls = []
    return calls
  }
}
