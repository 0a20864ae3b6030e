import { ConfigurationError } from '@streamwright/std'
import { Headers, serdes } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import { javaDouble, javaFloat } from './java-numbers.ts'

/** Bytes of a key or a value as they are printed. */
export type TextDeserializer = (bytes: Buffer, topic: string) => string | Buffer

const noHeaders = new Headers()

function printed<T>(serde: Serde<T>, show: (value: T) => string = String): TextDeserializer {
  return (bytes, topic) => show(serde.deserialize(bytes, topic, noHeaders))
}

/** As Java's `Bytes.toString`: what is not a printable character of ASCII in hexadecimal. */
function printableBytes(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(
      /[^ -~]|\\/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
}

const byShortName: Readonly<Record<string, TextDeserializer>> = {
  string: printed(serdes.string),
  long: printed(serdes.bigint),
  integer: printed(serdes.integer),
  short: printed(serdes.short),
  double: printed(serdes.double, javaDouble),
  float: printed(serdes.float, javaFloat),
  boolean: printed(serdes.boolean),
  uuid: printed(serdes.uuid),
  bytearray: (bytes) => Buffer.from(bytes),
  bytes: printableBytes,
  bytebuffer: (bytes) => Buffer.from(bytes),
  void: () => {
    throw new ConfigurationError('Data should be null for a VoidDeserializer.')
  },
}

/** The names that may be given, besides those of Kafka's classes. */
export const knownDeserializers: string = Object.keys(byShortName).join(', ')

const javaPackage = 'org.apache.kafka.common.serialization.'

/**
 * By the Java class that everybody types (`org.apache.kafka.common.serialization.LongDeserializer`), or `long`.
 * Undefined when there is none of that name.
 */
export function textDeserializer(name: string): TextDeserializer | undefined {
  const javaName = new RegExp(`^${RegExp.escape(javaPackage)}(\\w+)Deserializer$`).exec(name)?.[1]
  const short = javaName?.toLowerCase() ?? name
  return Object.hasOwn(byShortName, short) ? byShortName[short] : undefined
}
