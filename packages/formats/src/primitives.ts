import { asBuffer, utf8Slice } from '@streamwright/std'
import type { Serde } from './serde.ts'
import { SerdeError } from './serde-error.ts'

/** UTF-8 text. Invalid bytes read as U+FFFD, as in Java. */
export const stringSerde: Serde<string> = {
  name: 'string',
  immutable: true,
  serialize(value) {
    if (typeof value !== 'string') throw wrongType('string', value)
    return value
  },
  deserialize: (bytes) => utf8Slice(bytes, 0, bytes.length),
  deserializeSlice: (buffer, start, end) => utf8Slice(buffer, start, end),
}

/** Bytes as they are. Values are copied when read, since the buffer of a batch is reused. */
export const bytesSerde: Serde<Uint8Array> = {
  name: 'bytes',
  immutable: true,
  serialize(value) {
    if (!(value instanceof Uint8Array)) throw wrongType('bytes', value)
    return value
  },
  deserialize: (bytes) => Buffer.from(bytes),
  deserializeSlice: (buffer, start, end) => Buffer.from(buffer.subarray(start, end)),
}

/** 32-bit signed integer, big-endian. */
export const integerSerde: Serde<number> = fixedWidth('integer', 4, {
  accepts: (value) => Number.isInteger(value) && value === (value | 0),
  write: (buffer, value) => buffer.writeInt32BE(value, 0),
  read: (buffer, start) => buffer.readInt32BE(start),
})

/** 16-bit signed integer, big-endian. */
export const shortSerde: Serde<number> = fixedWidth('short', 2, {
  accepts: (value) => Number.isInteger(value) && value >= -0x8000 && value <= 0x7fff,
  write: (buffer, value) => buffer.writeInt16BE(value, 0),
  read: (buffer, start) => buffer.readInt16BE(start),
})

/** 64-bit IEEE 754, big-endian. */
export const doubleSerde: Serde<number> = fixedWidth('double', 8, {
  accepts: (value) => typeof value === 'number',
  write: (buffer, value) => buffer.writeDoubleBE(value, 0),
  read: (buffer, start) => buffer.readDoubleBE(start),
})

/** 32-bit IEEE 754, big-endian. */
export const floatSerde: Serde<number> = fixedWidth('float', 4, {
  accepts: (value) => typeof value === 'number',
  write: (buffer, value) => buffer.writeFloatBE(value, 0),
  read: (buffer, start) => buffer.readFloatBE(start),
})

/** One byte, 1 or 0. */
export const booleanSerde: Serde<boolean> = fixedWidth('boolean', 1, {
  accepts: (value) => typeof value === 'boolean',
  write: (buffer, value) => buffer.writeUInt8(value ? 1 : 0, 0),
  read(buffer, start) {
    const byte = buffer.readUInt8(start)
    if (byte > 1) throw new SerdeError(`A boolean is one byte 0 or 1, not ${byte}`)
    return byte === 1
  },
})

const twoTo32 = 0x1_0000_0000

/** 64-bit signed integer, big-endian, as a number. A value beyond 2^53 is an error: use {@link bigintSerde} there. */
export const longSerde: Serde<number> = fixedWidth('long', 8, {
  accepts: (value) => Number.isSafeInteger(value),
  write(buffer, value) {
    const high = Math.floor(value / twoTo32)
    buffer.writeInt32BE(high, 0)
    buffer.writeUInt32BE(value - high * twoTo32, 4)
  },
  read(buffer, start) {
    const value = buffer.readInt32BE(start) * twoTo32 + buffer.readUInt32BE(start + 4)
    if (!Number.isSafeInteger(value)) {
      throw new SerdeError(`${buffer.readBigInt64BE(start)} is beyond 2^53; use serdes.bigint for such values`)
    }
    return value
  },
})

/** 64-bit signed integer, big-endian, as a bigint: Java's Long without loss. */
export const bigintSerde: Serde<bigint> = fixedWidth('bigint', 8, {
  accepts: (value) => typeof value === 'bigint' && value === BigInt.asIntN(64, value),
  write: (buffer, value) => buffer.writeBigInt64BE(value, 0),
  read: (buffer, start) => buffer.readBigInt64BE(start),
})

const uuidPattern = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/

/** A UUID in its 36-character text form, lower case, as Java's UUIDSerializer writes it. */
export const uuidSerde: Serde<string> = {
  name: 'uuid',
  immutable: true,
  fixedBytes: 36,
  serialize(value) {
    if (typeof value !== 'string' || !uuidPattern.test(value)) throw wrongType('uuid', value)
    return value.toLowerCase()
  },
  deserialize(bytes) {
    const text = bytes.toString('utf8')
    if (!uuidPattern.test(text)) throw new SerdeError(`Not a UUID: ${JSON.stringify(text.slice(0, 60))}`)
    return text.toLowerCase()
  },
}

/** No value: always null. Anything else is an error. */
export const voidSerde: Serde<never> = {
  name: 'void',
  immutable: true,
  serialize(value) {
    throw wrongType('void', value)
  },
  deserialize(bytes) {
    throw new SerdeError(`A void value is null, not ${bytes.length} bytes`)
  },
}

interface FixedWidth<T> {
  readonly accepts: (value: T) => boolean
  readonly write: (buffer: Buffer, value: T) => void
  readonly read: (buffer: Buffer, start: number) => T
}

function fixedWidth<T>(name: string, width: number, format: FixedWidth<T>): Serde<T> {
  const deserializeSlice = (buffer: Buffer, start: number, end: number): T => {
    if (end - start !== width) throw new SerdeError(`A ${name} is ${width} bytes, not ${end - start}`)
    return format.read(buffer, start)
  }
  return {
    name,
    immutable: true,
    // A boolean has one byte too, but Java writes lists of them with lengths.
    ...(width > 1 ? { fixedBytes: width } : {}),
    serialize(value) {
      if (!format.accepts(value)) throw wrongType(name, value)
      const bytes = Buffer.allocUnsafe(width)
      format.write(bytes, value)
      return bytes
    },
    deserialize: (bytes) => deserializeSlice(asBuffer(bytes), 0, bytes.length),
    deserializeSlice,
  }
}

function wrongType(name: string, value: unknown): SerdeError {
  const shown = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value))
  return new SerdeError(
    `The ${name} serde cannot write ${shown.slice(0, 80)} (${typeof value}); give it a matching value or choose another serde`,
  )
}
