import { learnedOrdersMax, sameOrdersToLearn } from '../limits.ts'
import { ascii, cursor, skipSpace, skipValue } from './json-bytes.ts'
import type { Reader } from './json-reader.ts'
import type { ExpectedName } from './json-reader-code.ts'
import { declaredNames, generatedObjectReader } from './json-reader-code.ts'
import { NameOrder } from './name-order.ts'
import { objectBuilder } from './object-builder.ts'
import type { ShapeField } from './shape.ts'

/**
 * Reads objects with declared fields. Code is generated for names in the declared order, and when documents come again and
 * again with others among them or in another order, for that order too: then they are read as fast.
 */
export function objectReader(fields: readonly ShapeField[], readers: readonly Reader[]): Reader {
  let learnable = learnedOrdersMax
  const anyOrder = anyOrderReader(fields, readers, (order) => {
    const hasRequired = fields.every(({ optional }, index) => optional || order.some(({ field }) => field === index))
    if (learnable === 0 || !hasRequired) return
    learnable -= 1
    current = generatedObjectReader(fields, readers, order, declared) ?? current
  })
  const declared = generatedObjectReader(fields, readers, declaredNames(fields), anyOrder) ?? anyOrder
  let current = declared
  return declared === anyOrder ? anyOrder : (bytes, start, end) => current(bytes, start, end)
}

/**
 * Reads an object whose fields come in any order, with others among them. Which name follows which is remembered from
 * the last document, so that a name is mostly compared with one other, and no text is made of it. `learn` is told an order
 * that has come often enough.
 */
function anyOrderReader(
  fields: readonly ShapeField[],
  readers: readonly Reader[],
  learn: (order: readonly ExpectedName[]) => void,
): Reader {
  const build = objectBuilder(fields)
  const noValues: readonly unknown[] = fields.map(() => undefined)
  const names = new NameOrder(fields.map(({ name }) => name))
  const orders = new OrderWatch((places) => {
    const order = places.map((place) => ({
      bytes: names.nameAt(place),
      field: fields[place] && place,
      optional: false,
    }))
    if (order.every(isRemembered)) learn(order)
  })
  return (bytes, start, end) => {
    if (bytes[start] !== ascii.openBrace) return undefined
    const values = noValues.slice()
    let at = skipSpace(bytes, start + 1, end)
    let place = names.beginning
    let count = 0
    let more = bytes[at] !== ascii.closeBrace
    while (more) {
      place = names.read(bytes, at, end, place)
      if (place < 0) return undefined
      orders.see(count++, place)
      at = skipSpace(bytes, cursor.at, end)
      const reader = readers[place]
      if (reader === undefined) {
        at = skipValue(bytes, at, end)
        if (at < 0) return undefined
      } else {
        const value = reader(bytes, at, end)
        if (value === undefined) return undefined
        values[place] = value
        at = cursor.at
      }
      at = skipSpace(bytes, at, end)
      more = bytes[at] === ascii.comma
      if (more) at = skipSpace(bytes, at + 1, end)
      else if (bytes[at] !== ascii.closeBrace) return undefined
    }
    orders.end(count)
    cursor.at = at + 1
    return build(values)
  }
}

function isRemembered<T extends { readonly bytes: Buffer | undefined }>(
  name: T,
): name is T & { readonly bytes: Buffer } {
  return name.bytes !== undefined
}

/** Counts how often the places of names came in the same order, one document after the other. */
class OrderWatch {
  readonly #onOften: (places: readonly number[]) => void
  #places: number[] = []
  #isSame = true
  #times = 0

  constructor(onOften: (places: readonly number[]) => void) {
    this.#onOften = onOften
  }

  /** The name of a document with that number is at that place. */
  see(index: number, place: number): void {
    if (this.#places[index] === place) return
    this.#places[index] = place
    this.#isSame = false
  }

  /** A document with so many names is over. */
  end(count: number): void {
    if (this.#isSame && this.#places.length === count) this.#times += 1
    else this.#times = 0
    this.#places.length = count
    this.#isSame = true
    // Of two values of one name the last counts, which the code for an order does not know.
    if (this.#times === sameOrdersToLearn && new Set(this.#places).size === count) this.#onOften([...this.#places])
  }
}
