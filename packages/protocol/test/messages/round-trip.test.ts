import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { seededRandom } from '@streamwright/std'
import type { MessageCodec } from '../../src/api.ts'
import { Reader } from '../../src/primitives/reader.ts'
import { Writer } from '../../src/primitives/writer.ts'
import { everyMessage } from '../every-message.ts'
import { randomMessage, randomTags } from '../random-message.ts'

const seed = 17

function encoded(codec: MessageCodec<unknown>, version: number, message: object): Buffer {
  const writer = new Writer()
  codec.encode(writer, version, message)
  const chunks = writer.finish()
  assert.equal(
    writer.length,
    chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  )
  return Buffer.concat(chunks)
}

/** Any message of any version: an index, a version within its range, and a seed for the values. */
const anyCase = fc
  .integer({ min: 0, max: everyMessage.length - 1 })
  .chain((index) =>
    fc.tuple(
      fc.constant(everyMessage[index] ?? assert.fail()),
      fc.integer({ min: everyMessage[index]?.minVersion ?? 0, max: everyMessage[index]?.maxVersion ?? 0 }),
      fc.integer(),
    ),
  )

describe('every message of every version', () => {
  test('what was written is read: the same values, the same bytes, nothing left', async () => {
    const property = fc.asyncProperty(anyCase, async ([message, version, valueSeed]) => {
      const codec = await message.load()
      const written = randomMessage(message.fields, message.maxVersion, version, seededRandom(valueSeed))
      const bytes = encoded(codec, version, written)
      const reader = new Reader(bytes)
      const read = codec.decode(reader, version) as Record<string, unknown>
      assert.equal(reader.remaining, 0)
      for (const [name, value] of Object.entries(written)) {
        assert.partialDeepStrictEqual({ value: read[name] }, { value })
      }
      assert.deepEqual(encoded(codec, version, read), bytes)
    })
    await fc.assert(property, { seed, numRuns: 1500 })
  })

  test('a codec reads where its reader stands, and stops at the end of the message', async () => {
    const property = fc.asyncProperty(anyCase, async ([message, version, valueSeed]) => {
      const codec = await message.load()
      const bytes = encoded(
        codec,
        version,
        randomMessage(message.fields, message.maxVersion, version, seededRandom(valueSeed)),
      )
      const framed = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')])
      const reader = new Reader(framed, 6)
      codec.decode(reader, version)
      assert.equal(reader.offset, 6 + bytes.length)
      if (bytes.length === 0) return
      assert.throws(() => codec.decode(new Reader(framed, 6, 5 + bytes.length), version), { name: 'ProtocolError' })
    })
    await fc.assert(property, { seed, numRuns: 500 })
  })

  test('tags of a newer version are kept, and written back in their order', async () => {
    for (const message of everyMessage) {
      const codec = await message.load()
      if (codec.flexibleFrom > codec.maxVersion) continue
      const random = seededRandom(seed)
      const values = randomMessage(message.fields, message.maxVersion, codec.maxVersion, random)
      const unknownTags = randomTags(random).toReversed()
      const read = codec.decode(
        new Reader(encoded(codec, codec.maxVersion, { ...values, unknownTags })),
        codec.maxVersion,
      )
      const ascending = unknownTags.toSorted((left, right) => left.tag - right.tag)
      assert.deepEqual((read as { unknownTags: unknown }).unknownTags, ascending, codec.name)
    }
  })

  test('an unknown version is refused in both directions', async () => {
    for (const message of everyMessage) {
      const codec = await message.load()
      for (const version of [codec.minVersion - 1, codec.maxVersion + 1]) {
        const refusal = { name: 'ProtocolError', code: 'UNSUPPORTED_VERSION' }
        assert.throws(() => codec.decode(new Reader(Buffer.alloc(100)), version), refusal)
        assert.throws(() => codec.encode(new Writer(), version, {}), refusal)
      }
    }
  })
})
