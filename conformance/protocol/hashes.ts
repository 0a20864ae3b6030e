import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'
import { coordinatorPartition, crc32c, javaStringHash, murmur2, toPositive } from '@streamwright/protocol'
import { fromHex } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

/** `murmur2.json`: the hash of a key, and the partition it gives. */
export function runMurmur2({ content, file, report }: ProtocolRun): void {
  const counts = content['partitionCounts'] as readonly number[]
  for (const vector of listAt(content, 'vectors')) {
    const key = textAt(vector, 'key')
    runCase(report, `${file.label} ${key === '' ? 'no bytes' : key.slice(0, 64)}`, () => {
      const hash = murmur2(fromHex(key))
      assert.equal(hash, vector['murmur2'], 'hash')
      assert.equal(toPositive(hash), vector['positive'], 'positive')
      const partitions = counts.map((count) => toPositive(hash) % count)
      assert.deepEqual(partitions, vector['partitions'], 'partitions')
    })
  }
}

/** `crc32c.json`. */
export function runCrc32c({ content, file, report }: ProtocolRun): void {
  for (const [index, vector] of listAt(content, 'vectors').entries()) {
    runCase(report, `${file.label} ${index}`, () => {
      const bytes = bytesOf(vector)
      assert.equal(crc32c(bytes), vector['crc32c'], 'crc32c')
      assert.equal(crc32(bytes), vector['crc32'], 'crc32')
    })
  }
}

function bytesOf(vector: JsonObject): Buffer {
  if ('data' in vector) return fromHex(textAt(vector, 'data'))
  const generator = textAt(vector, 'generator')
  const whole = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_byte, index) => (index * 31 + (index >> 8)) & 255))
  if (generator.startsWith('1048576 bytes')) return whole
  const part = /from index (\d+) up to index (\d+)/.exec(generator)
  assert.ok(part !== null, `the generator is not known: ${generator}`)
  return whole.subarray(Number(part[1]), Number(part[2]))
}

/** `coordinator-partition.json`. */
export function runCoordinatorPartitions({ content, file, report }: ProtocolRun): void {
  for (const [index, vector] of listAt(content, 'vectors').entries()) {
    const id = textAt(vector, 'id')
    runCase(report, `${file.label} ${index}`, () => {
      assert.equal(javaStringHash(id), numberAt(vector, 'hashCode'), 'hash')
      assert.equal(coordinatorPartition(id, 5), numberAt(vector, 'of5'), 'of 5')
      assert.equal(coordinatorPartition(id, 50), numberAt(vector, 'of50'), 'of 50')
    })
  }
}
