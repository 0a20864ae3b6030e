// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface TransactionLogKey {
  readonly transactionalId: string
}

function decodeTransactionLogKey(reader: Reader, _version: number): TransactionLogKey {
  const transactionalId = reader.string()
  return { transactionalId }
}

function encodeTransactionLogKey(writer: Writer, _version: number, message: Init<TransactionLogKey>): void {
  const {
    transactionalId = '',
  } = message
  writer.string(transactionalId)
}

/** Record type 0 of a coordinator's topic: the key. */
export const transactionLogKey: MessageCodec<TransactionLogKey> = messageCodec(
  'TransactionLogKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeTransactionLogKey,
  encodeTransactionLogKey,
)
