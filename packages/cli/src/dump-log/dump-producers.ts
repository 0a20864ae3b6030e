import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

const snapshotVersion = 1
const snapshotHeaderBytes = 10
const producerBytes = 46
const transactionBytes = 34

/** `.snapshot`: the producers of a partition as of the offset in the file's name. */
export function dumpProducers(buffer: Buffer, file: string, terminal: Terminal): void {
  if (buffer.length < snapshotHeaderBytes || buffer.readInt16BE(0) !== snapshotVersion)
    throw new ArgumentError(`${file} is no snapshot of producers that this version can read`)
  const count = buffer.readInt32BE(6)
  for (let index = 0; index < count; index++) {
    const at = snapshotHeaderBytes + index * producerBytes
    const lastSequence = buffer.readInt32BE(at + 10)
    const lastOffset = buffer.readBigInt64BE(at + 14)
    const offsetDelta = buffer.readInt32BE(at + 22)
    const timestamp = buffer.readBigInt64BE(at + 26)
    const first = buffer.readBigInt64BE(at + 38)
    terminal.out(
      `producerId: ${buffer.readBigInt64BE(at)} producerEpoch: ${buffer.readInt16BE(at + 8)} coordinatorEpoch: ${buffer.readInt32BE(at + 34)} currentTxnFirstOffset: ${first < 0n ? 'OptionalLong.empty' : `OptionalLong[${first}]`} lastTimestamp: ${timestamp} `,
    )
    if (lastOffset >= 0n) {
      const firstSequence =
        lastSequence - offsetDelta < 0 ? lastSequence - offsetDelta + 0x8000_0000 : lastSequence - offsetDelta
      terminal.out(
        `firstSequence: ${lastSequence < 0 ? lastSequence : firstSequence} lastSequence: ${lastSequence} lastOffset: ${lastOffset} offsetDelta: ${offsetDelta} timestamp: ${timestamp}`,
      )
    }
    terminal.out('\n')
  }
}

/** `.txnindex`: the aborted transactions that ended in a segment. */
export function dumpTransactions(buffer: Buffer, terminal: Terminal): void {
  for (let at = 0; at + transactionBytes <= buffer.length; at += transactionBytes) {
    const [producerId, firstOffset, lastOffset, stable] = [2, 10, 18, 26].map((field) =>
      buffer.readBigInt64BE(at + field),
    )
    terminal.out(
      `version: ${buffer.readInt16BE(at)} producerId: ${producerId} firstOffset: ${firstOffset} lastOffset: ${lastOffset} lastStableOffset: ${stable}\n`,
    )
  }
}
