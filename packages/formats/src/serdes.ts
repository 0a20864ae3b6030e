import type { JsonSerdes } from './json/json-serde.ts'
import { jsonSerde } from './json/json-serde.ts'
import type { CustomSerdeOptions, Deserializer, Serializer } from './custom-serde.ts'
import { serdeFrom } from './custom-serde.ts'
import { listSerde } from './list.ts'
import {
  bigintSerde,
  booleanSerde,
  byteBufferSerde,
  bytesSerde,
  doubleSerde,
  floatSerde,
  integerSerde,
  longSerde,
  shortSerde,
  voidSerde,
} from './primitives.ts'
import type { TextEncodingName } from './text-encodings.ts'
import { encodedStringSerde, encodedUuidSerde, stringSerde, uuidSerde } from './text-serdes.ts'
import type { Serde } from './serde.ts'

/** The serdes that come with Streamwright, under Kafka's names. */
export interface Serdes {
  /** Text in UTF-8. */
  readonly string: Serde<string>
  /** Text in another of Java's encodings: what `serializer.encoding` and `deserializer.encoding` say there. */
  readonly stringOf: (encoding: TextEncodingName | (string & {})) => Serde<string>
  /** Java's `Bytes` and `ByteArray`. */
  readonly bytes: Serde<Uint8Array>
  readonly byteBuffer: Serde<DataView>
  readonly integer: Serde<number>
  readonly short: Serde<number>
  readonly long: Serde<number>
  readonly bigint: Serde<bigint>
  readonly double: Serde<number>
  readonly float: Serde<number>
  readonly boolean: Serde<boolean>
  readonly uuid: Serde<string>
  /** UUIDs as text in another of Java's encodings. */
  readonly uuidOf: (encoding: TextEncodingName | (string & {})) => Serde<string>
  readonly void: Serde<never>
  /** Lists, in the bytes of Kafka's `ListSerde`. */
  readonly list: <T>(inner: Serde<T>) => Serde<readonly (T | null)[]>
  /** JSON text: as it comes, of a declared shape, or checked by a validator. */
  readonly json: JsonSerdes
  /** A serde of your own, of two functions or of parts of other serdes. Java: `Serdes.serdeFrom`. */
  readonly from: <T>(
    serializer: Serializer<T> | Pick<Serde<T>, 'serialize'>,
    deserializer: Deserializer<T> | Pick<Serde<T>, 'deserialize'>,
    options?: CustomSerdeOptions,
  ) => Serde<T>
}

export const serdes: Serdes = {
  string: stringSerde,
  stringOf: encodedStringSerde,
  bytes: bytesSerde,
  byteBuffer: byteBufferSerde,
  integer: integerSerde,
  short: shortSerde,
  long: longSerde,
  bigint: bigintSerde,
  double: doubleSerde,
  float: floatSerde,
  boolean: booleanSerde,
  uuid: uuidSerde,
  uuidOf: encodedUuidSerde,
  void: voidSerde,
  list: listSerde,
  json: jsonSerde,
  from: serdeFrom,
}
