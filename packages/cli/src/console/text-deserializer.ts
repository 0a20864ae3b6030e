import { ConfigurationError } from '@streamwright/std'
import { Headers, serdes } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'

/** Bytes of a key or a value as they are printed. */
export type TextDeserializer = (bytes: Buffer, topic: string) => string | Buffer

const noHeaders = new Headers()

function printed<T>(serde: Serde<T>, show: (value: T) => string = String): TextDeserializer {
  return (bytes, topic) => show(serde.deserialize(bytes, topic, noHeaders))
}

/** Java writes 1.0 where JavaScript writes 1. */
function javaDecimal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? value.toFixed(1) : String(value)
}

const byShortName: Readonly<Record<string, TextDeserializer>> = {
  string: printed(serdes.string),
  long: printed(serdes.bigint),
  integer: printed(serdes.integer),
  short: printed(serdes.short),
  double: printed(serdes.double, javaDecimal),
  float: printed(serdes.float, javaDecimal),
  boolean: printed(serdes.boolean),
  uuid: printed(serdes.uuid),
  bytearray: (bytes) => Buffer.from(bytes),
  bytes: (bytes) => Buffer.from(bytes),
  bytebuffer: (bytes) => Buffer.from(bytes),
}

const javaPackage = 'org.apache.kafka.common.serialization.'

/** By the Java class that everybody types (`org.apache.kafka.common.serialization.LongDeserializer`), or `long`. */
export function textDeserializer(name: string): TextDeserializer {
  const short = name
    .replace(javaPackage, '')
    .replace(/Deserializer$/, '')
    .toLowerCase()
  const found = byShortName[short]
  if (found === undefined) {
    const known = Object.keys(byShortName).join(', ')
    throw new ConfigurationError(
      `Unknown deserializer ${name}. Known are Kafka's own, by class name or as one of ${known}`,
    )
  }
  return found
}
