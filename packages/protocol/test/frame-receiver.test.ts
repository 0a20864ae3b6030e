import { ReusableMemory } from '@streamwright/std'
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { checkFrameSize } from '../src/frame-decoder.ts'
import { FrameReceiver } from '../src/frame-receiver.ts'
import { directReceiveBytesMin } from '../src/limits.ts'

const limits = { pieceBytesMin: directReceiveBytesMin, pieceBytesMax: 1_048_576, keptBytesMax: 4_194_304 }

function receiverOf(onFrame: (frame: Buffer) => void, announcedBytesMax?: number): FrameReceiver {
  return new FrameReceiver({
    onFrame,
    memory: new ReusableMemory(limits),
    checkSize: (size) => checkFrameSize(size, 10_000_000),
    ...(announcedBytesMax === undefined ? {} : { announcedBytesMax }),
  })
}

function framed(payload: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(payload.length)
  return Buffer.concat([size, payload])
}

/** As a socket does it: reads go where the receiver wants them. */
function readInto(receiver: FrameReceiver, bytes: Buffer, readBytesMax: number): void {
  for (let at = 0; at < bytes.length;) {
    const target = receiver.nextBuffer()
    const length = Math.min(target.length, readBytesMax, bytes.length - at)
    bytes.copy(target, 0, at, at + length)
    receiver.received(length)
    at += length
  }
}

function sameBytes(left: readonly Buffer[], right: readonly Buffer[]): boolean {
  return left.length === right.length && left.every((bytes, index) => right[index]?.equals(bytes) === true)
}

const payloads = fc.array(
  fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 40 }),
    fc.uint8Array({ minLength: 4, maxLength: 60_000, size: 'max' }),
  ),
  { minLength: 1, maxLength: 6 },
)

describe('frames', () => {
  test('come out whole, however a socket delivers them', () => {
    fc.assert(
      fc.property(payloads, fc.integer({ min: 1, max: 100_000 }), (parts, readBytesMax) => {
        const sent = parts.map((part) => Buffer.from(part))
        const frames: Buffer[] = []
        readInto(
          receiverOf((frame) => frames.push(frame)),
          Buffer.concat(sent.map(framed)),
          readBytesMax,
        )
        assert.ok(sameBytes(frames, sent))
      }),
      { seed: 4, numRuns: 40 },
    )
  })

  test('come out whole, however a stream cuts them', () => {
    fc.assert(
      fc.property(payloads, fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 8 }), (parts, cuts) => {
        const sent = parts.map((part) => Buffer.from(part))
        const all = Buffer.concat(sent.map(framed))
        const frames: Buffer[] = []
        const receiver = receiverOf((frame) => frames.push(frame))
        const ends = [...cuts.map((cut) => cut % all.length), all.length].toSorted((left, right) => left - right)
        let start = 0
        for (const end of ends) {
          receiver.push(Buffer.from(all.subarray(start, end)))
          start = end
        }
        assert.ok(sameBytes(frames, sent))
      }),
      { seed: 5, numRuns: 40 },
    )
  })

  test('that were given out do not change with what comes later', () => {
    const frames: Buffer[] = []
    const receiver = receiverOf((frame) => frames.push(frame))
    readInto(receiver, Buffer.concat([framed(Buffer.from('first')), framed(Buffer.from('other'))]), 9)
    assert.equal(frames[0]?.toString(), 'first')
  })

  test('that are large are read straight into their own memory', () => {
    const receiver = receiverOf(() => undefined)
    const large = framed(Buffer.alloc(directReceiveBytesMin * 4))
    readInto(receiver, large.subarray(0, 100), 100)
    assert.equal(receiver.nextBuffer().length, large.length - 100)
  })

  test('take no more memory than twice what has arrived, where announcements are not trusted', () => {
    const frames: Buffer[] = []
    const receiver = receiverOf((frame) => frames.push(frame), 20_000)
    const sent = Buffer.from(Array.from({ length: 150_000 }, (_, index) => index % 251))
    const bytes = framed(sent)
    readInto(receiver, bytes.subarray(0, 4), 100)
    assert.equal(receiver.nextBuffer().length, 20_000)
    readInto(receiver, bytes.subarray(4, 50_004), 64_000)
    assert.equal(receiver.nextBuffer().length, 30_000)
    readInto(receiver, bytes.subarray(50_004), 64_000)
    assert.ok(sameBytes(frames, [sent]))
  })

  test('that are empty are frames', () => {
    const frames: Buffer[] = []
    readInto(
      receiverOf((frame) => frames.push(frame)),
      Buffer.alloc(8),
      100,
    )
    assert.equal(frames.length, 2)
  })

  test('of wrong sizes are refused', () => {
    assert.throws(() => receiverOf(() => undefined).push(Buffer.from('ffffffff', 'hex')), { code: 'MALFORMED_MESSAGE' })
    assert.throws(() => receiverOf(() => undefined).push(Buffer.from('GET / HTTP/1.1')), { code: 'FRAME_TOO_LARGE' })
  })
})
