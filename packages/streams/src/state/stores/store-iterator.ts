import type { StoreIterator } from '../store.ts'

/**
 * Makes an iterator of a store from any iterable. `release` gives up what it reads from; it is called once, also when
 * nothing was read.
 */
export function storeIterator<T>(entries: Iterable<T>, release?: () => void): StoreIterator<T> {
  const inner = entries[Symbol.iterator]()
  let closed = false
  const iterator: StoreIterator<T> = {
    next() {
      if (closed) return { done: true, value: undefined }
      const result = inner.next()
      if (result.done === true) iterator.close()
      return result
    },
    return() {
      iterator.close()
      return { done: true, value: undefined }
    },
    close() {
      if (closed) return
      closed = true
      inner.return?.()
      release?.()
    },
    [Symbol.iterator]: () => iterator,
    [Symbol.dispose]: () => iterator.close(),
  }
  return iterator
}

/** Makes something of each entry when it is asked for. */
export function* mapped<A, B>(entries: Iterable<A>, map: (entry: A) => B): Generator<B> {
  for (const entry of entries) yield map(entry)
}

/** Merges ordered entries, of which those in `upper` stand for the same key below. Null on top hides. */
export function* mergeLayers<T>(
  upper: readonly { readonly order: string; readonly entry: (() => T) | null }[],
  lower: Iterable<{ readonly order: string; readonly entry: () => T }>,
  reverse: boolean,
): Generator<T> {
  let next = 0
  const before = (left: string, right: string): boolean => (reverse ? left > right : left < right)
  for (const below of lower) {
    for (let top = upper[next]; top !== undefined && before(top.order, below.order); top = upper[++next]) {
      if (top.entry !== null) yield top.entry()
    }
    const top = upper[next]
    if (top !== undefined && top.order === below.order) {
      next += 1
      if (top.entry !== null) yield top.entry()
    } else yield below.entry()
  }
  for (; next < upper.length; next++) {
    const top = upper[next]
    if (top !== undefined && top.entry !== null) yield top.entry()
  }
}
