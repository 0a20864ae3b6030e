import type { JsonSerdes } from './json/json-serde.ts'
import { jsonSerde } from './json/json-serde.ts'
import { listSerde } from './list.ts'
import {
  bigintSerde,
  booleanSerde,
  bytesSerde,
  doubleSerde,
  floatSerde,
  integerSerde,
  longSerde,
  shortSerde,
  stringSerde,
  uuidSerde,
  voidSerde,
} from './primitives.ts'
import type { Serde } from './serde.ts'

/** The serdes that come with Streamwright, under Kafka's names. */
export interface Serdes {
  readonly string: Serde<string>
  readonly bytes: Serde<Uint8Array>
  readonly integer: Serde<number>
  readonly short: Serde<number>
  readonly long: Serde<number>
  readonly bigint: Serde<bigint>
  readonly double: Serde<number>
  readonly float: Serde<number>
  readonly boolean: Serde<boolean>
  readonly uuid: Serde<string>
  readonly void: Serde<never>
  /** Lists, in the bytes of Kafka's `ListSerde`. */
  readonly list: <T>(inner: Serde<T>) => Serde<readonly (T | null)[]>
  /** JSON text: as it comes, of a declared shape, or checked by a validator. */
  readonly json: JsonSerdes
}

export const serdes: Serdes = {
  string: stringSerde,
  bytes: bytesSerde,
  integer: integerSerde,
  short: shortSerde,
  long: longSerde,
  bigint: bigintSerde,
  double: doubleSerde,
  float: floatSerde,
  boolean: booleanSerde,
  uuid: uuidSerde,
  void: voidSerde,
  list: listSerde,
  json: jsonSerde,
}
