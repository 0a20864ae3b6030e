import { ArgumentError } from '../command-line/usage-error.ts'

/** How bytes of a key or value are shown. */
export type Decoder = (bytes: Buffer) => string

const packageName = 'org.apache.kafka.tools.api.'
const text: Decoder = (bytes) => bytes.toString('utf8')

const decoders: Readonly<Record<string, Decoder>> = {
  StringDecoder: text,
  DefaultDecoder: (bytes) => bytes.toString('hex'),
  LongDecoder: (bytes) => String(bytes.readBigInt64BE(0)),
  IntegerDecoder: (bytes) => String(bytes.readInt32BE(0)),
}

/** The decoder that a user names by Kafka's class. Records of internal topics cannot be read yet: they are refused. */
export function decoderOf(className: string | undefined, internal: readonly string[]): Decoder {
  if (internal.length > 0) {
    return () => {
      throw new ArgumentError(`--${internal.join(', --')} is not in this version of Streamwright`)
    }
  }
  if (className === undefined || className === '') return text
  const decoder = className.startsWith(packageName) ? decoders[className.slice(packageName.length)] : undefined
  if (decoder === undefined) throw new ArgumentError(`Failed to load decoder class ${className}`)
  return decoder
}
