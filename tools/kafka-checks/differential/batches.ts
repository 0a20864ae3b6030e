import { RecordBatchBuilder, crc32c } from '@streamwright/protocol'
import type { Choice } from './ask.ts'
import { Reference } from './reference.ts'

const codecs = ['none', 'none', 'none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const time = 1_700_000_000_000

/** Where things stand in a batch. */
const place = { batchLength: 8, magic: 16, crc: 17, attributes: 21, lastDelta: 23, max: 35, count: 57 }

/** What a batch says of its producer, before it is known who that is. */
export interface BatchSource {
  /** The name of a producer, and how its epoch differs from the one that it was given. */
  readonly producer?: string
  readonly epochChange?: number
  readonly sequence?: number
  readonly transactional?: boolean
}

/** One batch, or two, or what is none; with the id and epoch of a producer, which is another at each broker. */
export function produced(choice: Choice, source: BatchSource = {}): unknown {
  const { producer, epochChange = 0, sequence = -1, transactional = false } = source
  const isBroken = choice.once(6)
  const batch = oneBatch(choice, transactional, sequence)
  if (producer === undefined) return isBroken ? broken(choice, batch) : batch
  return new Reference(`producer ${producer}`, { id: 4242n, epoch: 0 }, (value) => {
    const { id, epoch } = value as { readonly id: bigint; readonly epoch: number }
    const sealed = Buffer.from(batch)
    sealed.writeBigInt64BE(id, 43)
    sealed.writeInt16BE(epoch + epochChange, 51)
    return withCrc(sealed)
  })
}

function oneBatch(choice: Choice, transactional: boolean, sequence: number): Buffer {
  const builder = new RecordBatchBuilder({ compression: choice.of(codecs) })
  const count = choice.between(1, 3)
  for (let record = 0; record < count; record++)
    builder.append(
      choice.mostly(time + choice.between(0, 5) * 1000, [0, -1, 1, time * 100, -5], 12),
      choice.once(3) ? null : `key-${choice.between(0, 2)}`,
      choice.once(9) ? null : 'v'.repeat(choice.mostly(choice.between(0, 20), [400], 20)),
      choice.once(4) ? [{ key: 'h', value: Buffer.from('x') }] : [],
    )
  return Buffer.from(builder.build({ transactional, baseSequence: sequence }))
}

function broken(choice: Choice, batch: Buffer): Buffer | null {
  return choice.of<() => Buffer | null>([
    () => Buffer.alloc(0),
    () => batch.subarray(0, choice.between(1, batch.length - 1)),
    () => Buffer.concat([batch, batch]),
    () => Buffer.concat([batch, Buffer.from([1, 2, 3])]),
    () => changed(batch, (bytes) => bytes.writeUInt32BE(5, place.crc), false),
    () => changed(batch, (bytes) => bytes.writeInt8(choice.of([0, 1, 3, -1]), place.magic)),
    () => changed(batch, (bytes) => bytes.writeInt32BE(choice.of([0, 7, -1]), place.lastDelta)),
    () => changed(batch, (bytes) => bytes.writeInt32BE(choice.of([0, 7, -1]), place.count)),
    () => changed(batch, (bytes) => bytes.writeBigInt64BE(choice.of([5n, -1n]), 0)),
    () => changed(batch, (bytes) => bytes.writeBigInt64BE(choice.of([0n, -1n, BigInt(time * 90)]), place.max)),
    () => changed(batch, (bytes) => bytes.writeInt16BE(bytes.readInt16BE(place.attributes) | 0x20, place.attributes)),
    () => changed(batch, (bytes) => bytes.writeInt16BE(bytes.readInt16BE(place.attributes) | 0x08, place.attributes)),
    () => changed(batch, (bytes) => bytes.writeInt16BE(bytes.readInt16BE(place.attributes) | 0x10, place.attributes)),
    () => changed(batch, (bytes) => bytes.writeInt16BE(5, place.attributes)),
    () => changed(batch, (bytes) => bytes.writeInt16BE(0x40 | bytes.readInt16BE(place.attributes), place.attributes)),
    () => changed(batch, (bytes) => bytes.writeInt32BE(choice.of([0, -1, 3, 1 << 30]), place.batchLength), false),
    () => changed(batch, (bytes) => bytes.writeUInt8(0xff, choice.between(61, bytes.length - 1))),
  ])()
}

function changed(batch: Buffer, change: (bytes: Buffer) => void, withChecksum = true): Buffer {
  const bytes = Buffer.from(batch)
  change(bytes)
  return withChecksum ? withCrc(bytes) : bytes
}

function withCrc(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(crc32c(bytes, place.attributes), place.crc)
  return bytes
}
