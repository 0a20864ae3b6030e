import { asBuffer } from '@streamwright/std'
import type { Serde } from './serde.ts'
import { SerdeError } from './serde-error.ts'
import { wrongType } from './wrong-type.ts'

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

/** Bytes as a view with accessors for numbers, which is what Java's `ByteBuffer` is. Values are copied when read. */
export const byteBufferSerde: Serde<DataView> = {
  name: 'byteBuffer',
  serialize(value) {
    if (!(value instanceof DataView)) throw wrongType('byteBuffer', value)
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  },
  deserialize: (bytes) => viewOf(bytes, 0, bytes.length),
  deserializeSlice: viewOf,
}

function viewOf(bytes: Buffer, start: number, end: number): DataView {
  return new DataView(Uint8Array.prototype.slice.call(bytes, start, end).buffer)
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
    if (end - start !== width) throw new SerdeError(`The ${name} serde reads ${width} bytes, not ${end - start}`)
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
