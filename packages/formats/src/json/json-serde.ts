import type { Serde } from '../serde.ts'
import { plainJsonSerde } from './plain-json.ts'
import type { ShapeLike, ShapeType } from './shape.ts'
import { shapedJsonSerde } from './shaped-json.ts'
import type { StandardOutput, StandardSchema } from './standard-schema.ts'
import { isStandardSchema } from './standard-schema.ts'
import { validatedJsonSerde } from './validated-json.ts'

/** The serdes of JSON. */
export interface JsonSerdes {
  /** Any JSON, by `JSON.parse` and `JSON.stringify`; `json<Trade>()` gives the values a type, which nothing checks. */
  <T = unknown>(): Serde<T>
  /** JSON that a validator checks when it is read: of zod, valibot, arktype, or whoever follows Standard Schema. */
  <S extends StandardSchema>(validator: S): Serde<StandardOutput<S>>
  /** JSON of a declared shape, checked, and read three times as fast. Types flow from the shape. */
  <const S extends ShapeLike>(shape: S): Serde<ShapeType<S>>
}

export const jsonSerde: JsonSerdes = (declared?: StandardSchema | ShapeLike): Serde<never> => {
  if (declared === undefined) return plainJsonSerde()
  const serde: Serde<unknown> = isStandardSchema(declared) ? validatedJsonSerde(declared) : shapedJsonSerde(declared)
  return serde as Serde<never>
}
