import type { TextDeserializer } from './text-deserializer.ts'
import { knownDeserializers, textDeserializer } from './text-deserializer.ts'

/** What a formatter is given: a record with its place. */
export interface PrintableRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly timestampType: 'create' | 'logAppend'
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[]
}

export type MessageFormatter = (record: PrintableRecord) => Buffer

export const defaultFormatterNames: readonly string[] = [
  'org.apache.kafka.tools.consumer.DefaultMessageFormatter',
  'kafka.tools.DefaultMessageFormatter',
  // Prints the same; what Java's logs in addition went to a log that nobody configured.
  'org.apache.kafka.tools.consumer.LoggingMessageFormatter',
]

/**
 * Kafka's DefaultMessageFormatter with its properties (`print.key`, `key.separator`, `key.deserializer`, …). A
 * deserializer that is not known is reported, and the bytes are printed as they are.
 */
export function defaultFormatter(
  properties: Readonly<Record<string, string>>,
  report: (line: string) => void,
): MessageFormatter {
  const flag = (name: string, otherwise: boolean): boolean => {
    const text = properties[name]
    return text === undefined ? otherwise : text.trim().toLowerCase() === 'true'
  }
  const show = {
    timestamp: flag('print.timestamp', false),
    partition: flag('print.partition', false),
    offset: flag('print.offset', false),
    epoch: flag('print.epoch', false),
    delivery: flag('print.delivery', false),
    headers: flag('print.headers', false),
    key: flag('print.key', false),
    value: flag('print.value', true),
  }
  const separator = Buffer.from(properties['key.separator'] ?? '\t')
  const lineSeparator = Buffer.from(properties['line.separator'] ?? '\n')
  const headersSeparator = properties['headers.separator'] ?? ','
  const nullText = Buffer.from(properties['null.literal'] ?? 'null')
  const deserializer = (name: string): TextDeserializer | undefined => {
    const given = properties[name]
    const found = given === undefined ? undefined : textDeserializer(given)
    if (given !== undefined && found === undefined)
      report(`Unknown deserializer ${given}; bytes are printed as they are. Known are ${knownDeserializers}`)
    return found
  }
  const keys = deserializer('key.deserializer')
  const values = deserializer('value.deserializer')
  const headerValues = deserializer('headers.deserializer')
  const text = (bytes: Uint8Array | null, read: TextDeserializer | undefined, topic: string): Buffer => {
    if (bytes === null) return nullText
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (read === undefined) return buffer
    const result = read(buffer, topic)
    return typeof result === 'string' ? Buffer.from(result) : result
  }

  return (record) => {
    const parts: Buffer[] = []
    if (show.timestamp) {
      const kind = record.timestampType === 'create' ? 'CreateTime' : 'LogAppendTime'
      parts.push(Buffer.from(record.timestamp < 0 ? 'NO_TIMESTAMP' : `${kind}:${record.timestamp}`))
    }
    if (show.partition) parts.push(Buffer.from(`Partition:${record.partition}`))
    if (show.offset) parts.push(Buffer.from(`Offset:${record.offset}`))
    // Java's console consumer knows neither, even of records that have them.
    if (show.delivery) parts.push(Buffer.from('Delivery:NOT_PRESENT'))
    if (show.epoch) parts.push(Buffer.from('Epoch:NOT_PRESENT'))
    if (show.headers) {
      const shown = record.headers.map(
        ({ key, value }) => `${key}:${text(value, headerValues, record.topic).toString('utf8')}`,
      )
      parts.push(Buffer.from(shown.length === 0 ? 'NO_HEADERS' : shown.join(headersSeparator)))
    }
    if (show.key) parts.push(text(record.key, keys, record.topic))
    if (show.value) parts.push(text(record.value, values, record.topic))
    if (parts.length === 0) return Buffer.alloc(0)
    return Buffer.concat([...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])), lineSeparator])
  }
}
