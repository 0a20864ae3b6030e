import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RecordBatch, RecordBatchBuilder, controlBatch } from '@streamwright/protocol'
import * as fc from 'fast-check'
import { committedBatches } from '../../src/consumer/fetch/committed-batches.ts'

interface Step {
  readonly kind: 'data' | 'plain' | 'abort' | 'commit'
  readonly producer: number
}

/** A log as a broker would keep it, and what it would say of aborted transactions; the truth is computed apart. */
function logOf(steps: readonly Step[]): {
  bytes: Buffer
  aborted: { producerId: number; firstOffset: number }[]
  visible: number[]
} {
  const parts: Buffer[] = []
  const open = new Map<number, number[]>()
  const aborted: { producerId: number; firstOffset: number }[] = []
  const visible: number[] = []
  for (const [offset, { kind, producer }] of steps.entries()) {
    const seal = { baseOffset: offset, producerId: producer, producerEpoch: 0, baseSequence: 0 }
    if (kind === 'data' || kind === 'plain') {
      const builder = new RecordBatchBuilder()
      builder.append(0, null, `${offset}`)
      parts.push(
        Buffer.from(builder.build(kind === 'data' ? { ...seal, transactional: true } : { baseOffset: offset })),
      )
      if (kind === 'plain') visible.push(offset)
      else open.set(producer, [...(open.get(producer) ?? []), offset])
      continue
    }
    parts.push(controlBatch(kind, 0, 0, seal))
    const offsets = open.get(producer) ?? []
    open.delete(producer)
    const [firstOffset] = offsets
    if (kind === 'commit') visible.push(...offsets)
    else if (firstOffset !== undefined) aborted.push({ producerId: producer, firstOffset })
  }
  // A reader of committed data never gets beyond the first open transaction; its offsets count as seen here.
  for (const offsets of open.values()) visible.push(...offsets)
  return { bytes: Buffer.concat(parts), aborted, visible: visible.toSorted((left, right) => left - right) }
}

function seen(bytes: Buffer, aborted: Parameters<typeof committedBatches>[1]): number[] {
  return [...committedBatches(RecordBatch.read(bytes), aborted)].flatMap(({ batch, isVisible }) =>
    isVisible ? [batch.baseOffset] : [],
  )
}

describe('what a reader of committed data sees', () => {
  test('the same producer may abort twice in one response', () => {
    const { bytes, aborted, visible } = logOf([
      { kind: 'data', producer: 1 },
      { kind: 'abort', producer: 1 },
      { kind: 'data', producer: 1 },
      { kind: 'abort', producer: 1 },
      { kind: 'data', producer: 1 },
      { kind: 'commit', producer: 1 },
    ])
    assert.deepEqual([seen(bytes, aborted), visible], [[4], [4]])
  })

  test('a response that ends before the abort marker hides the records all the same', () => {
    const { bytes } = logOf([
      { kind: 'data', producer: 1 },
      { kind: 'data', producer: 1 },
      { kind: 'data', producer: 2 },
    ])
    assert.deepEqual(seen(bytes, [{ producerId: 1, firstOffset: 0 }]), [2])
  })

  test('whatever producers do, exactly what was not aborted is seen', () => {
    const step = fc.record({
      kind: fc.constantFrom('data' as const, 'data' as const, 'plain' as const, 'abort' as const, 'commit' as const),
      producer: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, reversed) => {
        const { bytes, aborted, visible } = logOf(steps)
        assert.deepEqual(seen(bytes, reversed ? aborted.toReversed() : aborted), visible)
      }),
    )
  })
})
