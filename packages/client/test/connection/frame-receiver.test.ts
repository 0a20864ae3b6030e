import { ReusableMemory } from '@streamwright/std'
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { FrameReceiver } from '../../src/connection/frame-receiver.ts'
import { directReceiveBytesMin, receiveMemoryLimits } from '../../src/limits.ts'

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
          new FrameReceiver((frame) => frames.push(frame), new ReusableMemory(receiveMemoryLimits)),
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
        const receiver = new FrameReceiver((frame) => frames.push(frame), new ReusableMemory(receiveMemoryLimits))
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
    const receiver = new FrameReceiver((frame) => frames.push(frame), new ReusableMemory(receiveMemoryLimits))
    readInto(receiver, Buffer.concat([framed(Buffer.from('first')), framed(Buffer.from('other'))]), 9)
    assert.equal(frames[0]?.toString(), 'first')
  })

  test('that are large are read straight into their own memory', () => {
    const receiver = new FrameReceiver(() => undefined, new ReusableMemory(receiveMemoryLimits))
    const large = framed(Buffer.alloc(directReceiveBytesMin * 4))
    readInto(receiver, large.subarray(0, 100), 100)
    assert.equal(receiver.nextBuffer().length, large.length - 100)
  })

  for (const [what, bytes, message] of [
    ['of a web server', Buffer.from('HTTP/1.1 400 Bad Request'), /web server/],
    ['of a TLS listener', Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]), /security.protocol to SSL/],
    ['of negative size', Buffer.from([0xff, 0xff, 0xff, 0xff]), /claims -1 bytes/],
    ['of impossible size', Buffer.from([0x7f, 0xff, 0xff, 0xff]), /claims 2147483647 bytes/],
  ] as const) {
    test(`${what} are refused with the remedy`, () => {
      assert.throws(
        () => new FrameReceiver(() => undefined, new ReusableMemory(receiveMemoryLimits)).push(bytes),
        message,
      )
    })
  }
})
