import { RecordBatchBuilder } from './record-batch-builder.ts'
import type { BatchSeal } from './record-batch-builder.ts'

/** The types of control records that a transaction ends with, by their number. */
export const controlTypes = { abort: 0, commit: 1 } as const
export type ControlType = keyof typeof controlTypes

const keyVersion = 0
const valueVersion = 0

/** The batch that ends a producer's transaction in a partition. */
export function controlBatch(type: ControlType, coordinatorEpoch: number, timestamp: number, seal: BatchSeal): Buffer {
  const key = Buffer.allocUnsafe(4)
  key.writeInt16BE(keyVersion, 0)
  key.writeInt16BE(controlTypes[type], 2)
  const value = Buffer.allocUnsafe(6)
  value.writeInt16BE(valueVersion, 0)
  value.writeInt32BE(coordinatorEpoch, 2)
  const builder = new RecordBatchBuilder({ initialCapacity: 128 })
  builder.append(timestamp, key, value)
  return builder.build({ ...seal, transactional: true, control: true, baseSequence: -1 })
}

/** What a control record says; undefined for types that concern nobody here (leader changes and the like). */
export function controlTypeOf(key: Uint8Array | null): ControlType | undefined {
  if (key === null || key.length < 4) return undefined
  const type = ((key[2] as number) << 8) | (key[3] as number)
  return type === controlTypes.abort ? 'abort' : type === controlTypes.commit ? 'commit' : undefined
}
