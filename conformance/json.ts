/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `value` as an object. Throws when it is none; `what` says what it should have been. */
export function objectAt(value: unknown, what: string): JsonObject {
  if (!isRecord(value)) throw new TypeError(`${what} is not a JSON object`)
  return value
}

/** The member `name` as a list of objects; an absent one is empty. */
export function listAt(value: JsonObject, name: string): readonly JsonObject[] {
  const list = value[name] ?? []
  if (!Array.isArray(list)) throw new TypeError(`${name} is not a JSON array`)
  return list.map((element: unknown) => objectAt(element, name))
}

export function textAt(value: JsonObject, name: string): string {
  const text = value[name]
  if (typeof text !== 'string') throw new TypeError(`${name} is not a JSON string`)
  return text
}

export function numberAt(value: JsonObject, name: string): number {
  const number = value[name]
  if (typeof number !== 'number') throw new TypeError(`${name} is not a JSON number`)
  return number
}
