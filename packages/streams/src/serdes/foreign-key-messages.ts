import type { Serde } from '@streamwright/formats'
import { SerdeError } from '@streamwright/formats'

/** What the right side of a foreign-key join shall do with a subscription. */
export const Instruction = {
  deleteKeyNoPropagate: 0,
  deleteKeyAndPropagate: 1,
  propagateNullIfNoValue: 2,
  propagateOnlyIfValue: 3,
} as const
export type Instruction = (typeof Instruction)[keyof typeof Instruction]

/** A row of the left table tells the right one which of its rows it refers to. Java: `SubscriptionWrapper`. */
export interface Subscription {
  /** Of the row's bytes; null when it is gone. */
  readonly hash: Buffer | null
  readonly instruction: Instruction
  /** The row's key, serialized, and the partition it lives in. */
  readonly primaryKey: Buffer
  readonly primaryPartition: number
}

/** The answer: the row referred to. Java: `SubscriptionResponseWrapper`. */
export interface SubscriptionResponse {
  readonly hash: Buffer | null
  /** Serialized; null when there is none. */
  readonly foreignValue: Buffer | null
  /** Where the answer goes; not part of the bytes. */
  readonly primaryPartition: number | undefined
}

const hashBytes = 16
const noHash = 0x80
const versionMask = 0x7f
const subscriptionVersion = 1
const partitionBytes = 4

/** `byte version | byte instruction | [hash] | key | int32 partition`; the highest bit of the version stands for no hash. */
export const subscriptionSerde: Serde<Subscription> = {
  name: 'subscription',
  immutable: true,
  serialize({ hash, instruction, primaryKey, primaryPartition }) {
    const partition = Buffer.allocUnsafe(partitionBytes)
    partition.writeInt32BE(primaryPartition)
    const head = Buffer.of(subscriptionVersion | (hash === null ? noHash : 0), instruction)
    return Buffer.concat(hash === null ? [head, primaryKey, partition] : [head, hash, primaryKey, partition])
  },
  deserialize(bytes) {
    const [version = 0, instruction] = bytes
    const keyStart = 2 + ((version & noHash) === 0 ? hashBytes : 0)
    // Version 0 has no partition: Kafka Streams before 3.3.
    const hasPartition = (version & versionMask) >= 1
    const keyEnd = bytes.length - (hasPartition ? partitionBytes : 0)
    if ((version & versionMask) > subscriptionVersion || keyEnd < keyStart || !isInstruction(instruction)) {
      throw new SerdeError('These bytes are no subscription of a foreign-key join, or one of a newer version')
    }
    return {
      hash: keyStart === 2 ? null : Buffer.from(bytes.subarray(2, keyStart)),
      instruction,
      primaryKey: Buffer.from(bytes.subarray(keyStart, keyEnd)),
      primaryPartition: hasPartition ? bytes.readInt32BE(keyEnd) : -1,
    }
  },
}

/** `byte version | [hash] | value`; no value and an empty one are the same bytes, as in Java. */
export const subscriptionResponseSerde: Serde<SubscriptionResponse> = {
  name: 'subscription response',
  immutable: true,
  serialize({ hash, foreignValue }) {
    const head = Buffer.of(hash === null ? noHash : 0)
    return Buffer.concat([head, hash ?? Buffer.alloc(0), foreignValue ?? Buffer.alloc(0)])
  },
  deserialize(bytes) {
    const [version = 0] = bytes
    const start = 1 + ((version & noHash) === 0 ? hashBytes : 0)
    if ((version & versionMask) !== 0 || bytes.length < start) {
      throw new SerdeError('These bytes are no response of a foreign-key join, or one of a newer version')
    }
    return {
      hash: start === 1 ? null : Buffer.from(bytes.subarray(1, start)),
      foreignValue: bytes.length === start ? null : Buffer.from(bytes.subarray(start)),
      primaryPartition: undefined,
    }
  },
}

function isInstruction(value: number | undefined): value is Instruction {
  return value !== undefined && value <= Instruction.propagateOnlyIfValue
}

/** The key of the store of subscriptions: `int32 length of the foreign key | foreign key | primary key`. */
export function combinedKey(foreignKey: Buffer, primaryKey: Buffer): Buffer {
  return Buffer.concat([combinedKeyPrefix(foreignKey), primaryKey])
}

/** What the keys of all subscriptions to one foreign key begin with. */
export function combinedKeyPrefix(foreignKey: Buffer): Buffer {
  const length = Buffer.allocUnsafe(4)
  length.writeInt32BE(foreignKey.length)
  return Buffer.concat([length, foreignKey])
}
