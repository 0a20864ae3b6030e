import type { Serde } from '../serde.ts'
import { plainJsonSerde } from './plain-json.ts'
import type { ShapeLike, ShapeType } from './shape.ts'
import { shapedJsonSerde } from './shaped-json.ts'

/** The serdes of JSON. */
export interface JsonSerdes {
  /** Any JSON, by `JSON.parse` and `JSON.stringify`; `json<Trade>()` gives the values a type, which nothing checks. */
  <T = unknown>(): Serde<T>
  /** JSON of a declared shape, checked, and read three times as fast. Types flow from the shape. */
  <const S extends ShapeLike>(shape: S): Serde<ShapeType<S>>
}

export const jsonSerde: JsonSerdes = (shape?: ShapeLike): Serde<never> =>
  (shape === undefined ? plainJsonSerde() : shapedJsonSerde(shape)) as Serde<never>
