import assert from 'node:assert/strict'
import type { Random } from '@streamwright/std'
import { StreamwrightError } from '@streamwright/std'
import type { MessageCodec } from '../src/api.ts'
import { ProtocolError } from '../src/errors/protocol-error.ts'
import { FrameDecoder } from '../src/frame-decoder.ts'
import { decodeRequestHeader } from '../src/frames.ts'
import { Reader } from '../src/primitives/reader.ts'
import { Writer } from '../src/primitives/writer.ts'
import { RecordBatchBuilder } from '../src/records/record-batch-builder.ts'
import { RecordBatch } from '../src/records/record-batch.ts'
import { everyMessage } from './every-message.ts'
import { elementsIn, mutated } from './hostile-bytes.ts'
import { randomMessage } from './random-message.ts'

/** Hands bytes that may be anything to one part of the package, and throws when it does not behave. */
export type FuzzTarget = (random: Random) => void

/** A frame limit that hostile sizes do reach. */
const frameBytesMax = 1 << 20

/** Every target. Each call of one is a case, repeatable from the state of `random`. */
export async function fuzzTargets(): Promise<readonly FuzzTarget[]> {
  const messages = await Promise.all(everyMessage.map(async (message) => ({ ...message, codec: await message.load() })))
  const fuzzMessage: FuzzTarget = (random) => {
    const { codec, fields, minVersion, maxVersion } = messages[random.below(messages.length)] ?? assert.fail()
    const version = minVersion + random.below(maxVersion - minVersion + 1)
    const writer = new Writer()
    codec.encode(writer, version, randomMessage(fields, maxVersion, version, random))
    decodeHostile(codec, version, mutated(writer.toBuffer(), random))
  }
  return [fuzzMessage, fuzzMessage, fuzzMessage, fuzzHeader, fuzzFrames, fuzzRecords]
}

/** A decoder answers with a message that the bytes can carry, or with a `ProtocolError`. */
export function decodeHostile(codec: MessageCodec<unknown>, version: number, bytes: Buffer): void {
  const what = (): string => `${codec.name} v${version} of ${bytes.toString('hex')}`
  try {
    const message = codec.decode(new Reader(bytes), version)
    assert.ok(elementsIn(message) <= bytes.length, `more elements than bytes: ${what()}`)
  } catch (error) {
    assert.ok(error instanceof ProtocolError, `${String(error)}: ${what()}`)
  }
}

function fuzzHeader(random: Random): void {
  const bytes = random.bytes(random.below(40))
  if (bytes.length > 1) bytes.writeInt16BE(random.below(95))
  try {
    decodeRequestHeader(new Reader(bytes))
  } catch (error) {
    assert.ok(error instanceof ProtocolError, `${String(error)}: header ${bytes.toString('hex')}`)
  }
}

function fuzzFrames(random: Random): void {
  const decoder = new FrameDecoder(frameBytesMax)
  const frames = Array.from({ length: 1 + random.below(4) }, () => random.bytes(random.below(300)))
  const sized = frames.flatMap((frame) => {
    const size = Buffer.alloc(4)
    size.writeInt32BE(frame.length)
    return [size, frame]
  })
  const good = Buffer.concat(sized)
  const bytes = random.below(2) === 0 ? good : mutated(good, random)
  const found: Buffer[] = []
  try {
    for (let at = 0; at < bytes.length;) {
      const length = 1 + random.below(40)
      found.push(...decoder.push(bytes.subarray(at, at + length)))
      at += length
    }
  } catch (error) {
    assert.ok(error instanceof ProtocolError && bytes !== good, `${String(error)}: frames ${bytes.toString('hex')}`)
  }
  if (bytes === good) assert.deepEqual(found, frames)
  assert.ok(decoder.bufferedBytes <= bytes.length)
}

function fuzzRecords(random: Random): void {
  const compression = (['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)[random.below(5)] ?? 'none'
  const builder = new RecordBatchBuilder({ compression })
  for (let count = random.below(8); count >= 0; count--) {
    const headers = [{ key: 'header', value: random.bytes(3) }]
    builder.append(random.below(1e9), random.bytes(random.below(20)), random.bytes(random.below(99)), headers)
  }
  const bytes = mutated(builder.build({}), random)
  try {
    for (const batch of RecordBatch.read(bytes)) {
      if (random.below(2) === 0) batch.ensureValid()
      for (const cursor = batch.records(); cursor.next();) cursor.headers()
    }
  } catch (error) {
    assert.ok(error instanceof StreamwrightError, `${String(error)}: records ${bytes.toString('hex')}`)
  }
}
