import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ReusableMemory } from '@streamwright/std'

const limits = { pieceBytesMin: 16, pieceBytesMax: 64, keptBytesMax: 80 }

describe('reusable memory', () => {
  test('what is given back is handed out again, for any length of the same size', () => {
    const memory = new ReusableMemory(limits)
    const first = memory.allocate(40)
    assert.equal(first.length, 40)
    memory.giveBack(first.buffer)
    assert.equal(memory.keptBytes, 64)
    const second = memory.allocate(64)
    assert.equal(second.buffer, first.buffer)
    assert.equal(memory.keptBytes, 0)
    assert.notEqual(memory.allocate(64).buffer, first.buffer, 'it is in use')
  })

  test('giving back twice, or what came from elsewhere, changes nothing', () => {
    const memory = new ReusableMemory(limits)
    const piece = memory.allocate(16)
    memory.giveBack(piece.buffer)
    memory.giveBack(piece.buffer)
    memory.giveBack(new ArrayBuffer(16))
    assert.equal(memory.keptBytes, 16)
    assert.notEqual(memory.allocate(16).buffer, memory.allocate(16).buffer)
  })

  test('keeps no more than it may, and nothing that is too large', () => {
    const memory = new ReusableMemory(limits)
    const pieces = [memory.allocate(64), memory.allocate(64), memory.allocate(16), memory.allocate(65)]
    for (const piece of pieces) memory.giveBack(piece.buffer)
    assert.equal(memory.keptBytes, 80)
  })

  test('a piece of nothing is a piece', () => {
    assert.equal(new ReusableMemory(limits).allocate(0).length, 0)
  })
})
