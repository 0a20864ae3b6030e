import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RecordBatch, RecordBatchBuilder } from '@streamwright/protocol'
import { FetchBuffer } from '../../../src/consumer/fetch/fetch-buffer.ts'
import type { ReceivedPartition } from '../../../src/consumer/fetch/partition-batches.ts'
import { PartitionState } from '../../../src/consumer/partition-state.ts'

const checksumAt = 17

/** One batch for each offset, of a record each. */
function received(...offsets: readonly number[]): ReceivedPartition {
  const batches = offsets.map((baseOffset) => {
    const builder = new RecordBatchBuilder()
    builder.append(0, null, `value ${baseOffset}`)
    const [batch] = RecordBatch.read(Buffer.from(builder.build({ baseOffset })))
    assert(batch !== undefined)
    return { batch, isVisible: true, lease: undefined }
  })
  return { batches, failure: undefined }
}

function damage({ batches }: ReceivedPartition, index: number): void {
  const batch = batches[index]?.batch
  assert(batch !== undefined)
  batch.buffer[batch.start + checksumAt] = (batch.buffer[batch.start + checksumAt] ?? 0) ^ 1
}

function stateAt(offset: number): PartitionState {
  const state = new PartitionState({ topic: 'orders', partition: 0 })
  state.seek(offset)
  return state
}

const corrupt = { code: 'CORRUPT_MESSAGE', message: /orders-0 cannot be read from offset 12 on/ }

describe('A fetch buffer', () => {
  it('gives what stands before a wrong checksum, then fails, whatever came behind it', () => {
    const buffer = new FetchBuffer(true)
    const state = stateAt(10)
    const answer = received(10, 11, 12, 13)
    damage(answer, 2)
    buffer.add(state, answer)
    const taken = buffer.take(100)
    assert.deepEqual(
      taken.map(({ batch }) => batch.baseOffset),
      [10, 11],
    )
    assert.equal(state.position, 12)
    assert.equal(buffer.bytes, 0)
    assert.equal(buffer.isBroken(state), true)
    // The fetch that was under way meanwhile.
    buffer.add(state, received(14))
    assert.throws(() => buffer.take(100), corrupt)
    assert.equal(state.position, 12)
    assert.equal(state.fetchOffset, 12)
    assert.equal(buffer.has(state), false)
  })

  it('takes batches with wrong checksums where they are not looked at', () => {
    const buffer = new FetchBuffer(false)
    const state = stateAt(12)
    const answer = received(12)
    damage(answer, 0)
    buffer.add(state, answer)
    assert.equal(buffer.take(100).length, 1)
    assert.equal(buffer.bytes, 0)
  })

  it('looks at no checksum of what a poll does not take', () => {
    const buffer = new FetchBuffer(true)
    const state = stateAt(11)
    const answer = received(11, 12)
    damage(answer, 1)
    buffer.add(state, answer)
    assert.equal(buffer.take(1).length, 1)
    assert.equal(buffer.isBroken(state), false)
    assert.throws(() => buffer.take(1), corrupt)
  })
})
