import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { FrameDecoder } from '../src/frame-decoder.ts'

function framed(frame: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(frame.length)
  return Buffer.concat([size, frame])
}

describe('the frame decoder', () => {
  test('finds the same frames however they were cut', () => {
    const frames = fc.array(fc.uint8Array({ maxLength: 6000 }), { maxLength: 6 })
    const cuts = fc.array(fc.integer({ min: 1, max: 7000 }), { minLength: 1, maxLength: 10 })
    const property = fc.property(frames, cuts, (sent, lengths) => {
      const stream = Buffer.concat(sent.map(framed))
      const decoder = new FrameDecoder()
      const received: Buffer[] = []
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const length = lengths[turn % lengths.length] ?? 1
        received.push(...decoder.push(stream.subarray(at, at + length)))
        at += length
      }
      assert.deepEqual(
        received.map((frame) => [...frame]),
        sent.map((frame) => [...frame]),
      )
      assert.equal(decoder.bufferedBytes, 0)
    })
    fc.assert(property, { seed: 3, numRuns: 150 })
  })

  test('a frame in one piece is a view', () => {
    const stream = framed(Buffer.from('hello'))
    assert.equal(new FrameDecoder().push(stream)[0]?.buffer, stream.buffer)
  })

  test('an empty frame is a frame', () => {
    assert.deepEqual(new FrameDecoder().push(Buffer.alloc(4)), [Buffer.alloc(0)])
  })

  test('a size that is negative or above the limit ends the connection', () => {
    assert.throws(() => new FrameDecoder().push(Buffer.from('GET / HTTP/1.1\r\n')), { code: 'FRAME_TOO_LARGE' })
    assert.throws(() => new FrameDecoder().push(Buffer.from('ffffffff', 'hex')), { code: 'MALFORMED_MESSAGE' })
    const decoder = new FrameDecoder(10)
    assert.equal(decoder.push(framed(Buffer.alloc(10))).length, 1)
    assert.throws(() => decoder.push(Buffer.from('0000000b', 'hex')), { code: 'FRAME_TOO_LARGE' })
  })

  test('takes time in proportion to what arrives, byte by byte as well', () => {
    const decoder = new FrameDecoder()
    const stream = framed(Buffer.alloc(300_000, 1))
    let frames = 0
    for (let at = 0; at < stream.length; at++) frames += decoder.push(stream.subarray(at, at + 1)).length
    assert.equal(frames, 1)
  })
})
