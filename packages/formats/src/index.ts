export type { Header } from './headers.ts'
export { Headers } from './headers.ts'
export type { CustomSerdeOptions, Deserializer, Serializer } from './custom-serde.ts'
export type { JsonSerdes } from './json/json-serde.ts'
export type {
  LiteralValue,
  OptionalShape,
  Shape,
  ShapeBuilder,
  ShapeFields,
  ShapeLike,
  ShapeType,
} from './json/shape.ts'
export { shape } from './json/shape.ts'
export { ShapeError } from './json/shape-error.ts'
export type { StandardIssue, StandardOutput, StandardResult, StandardSchema } from './json/standard-schema.ts'
export type { ValidationIssue } from './json/validated-json.ts'
export { ValidationError } from './json/validated-json.ts'
export type { Serde, SerdeValue, Serialized } from './serde.ts'
export { SerdeError } from './serde-error.ts'
export type { Serdes } from './serdes.ts'
export { serdes } from './serdes.ts'
export { toBytes } from './serialized.ts'
export type { TextEncodingName } from './text-encodings.ts'
