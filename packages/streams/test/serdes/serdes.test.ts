import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Headers, SerdeError, toBytes } from '@streamwright/formats'
import { StreamsBuilder, TimeWindows, Windowed, serdes } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'
import { change } from '../../src/processor/change.ts'
import { changeSerde } from '../../src/serdes/change-serde.ts'

const headers = new Headers()

describe('windowed keys', () => {
  test('a time window is written as key and start', () => {
    const serde = serdes.timeWindowed(serdes.string, 1000)
    const bytes = toBytes(serde.serialize(new Windowed('A', { startMs: 60_000, endMs: 61_000 }), 't', headers))
    assert.equal(bytes.toString('hex'), '41000000000000ea60')
    assert.deepEqual(serde.deserialize(bytes, 't', headers), new Windowed('A', { startMs: 60_000, endMs: 61_000 }))
  })

  test('a session is written as key, end and start', () => {
    const serde = serdes.sessionWindowed(serdes.string)
    const bytes = toBytes(serde.serialize(new Windowed('A', { startMs: 10, endMs: 20 }), 't', headers))
    assert.equal(bytes.toString('hex'), '410000000000000014000000000000000a')
    assert.deepEqual(serde.deserialize(bytes, 't', headers), new Windowed('A', { startMs: 10, endMs: 20 }))
  })

  test('in the changelog of a window store a sequence number follows', () => {
    const serde = serdes.timeWindowed(serdes.string, 1000, { changelog: true })
    const windowed = new Windowed('A', { startMs: 60_000, endMs: 61_000 })
    const bytes = toBytes(serde.serialize(windowed, 't', headers))
    assert.equal(bytes.toString('hex'), '41000000000000ea6000000000')
    assert.deepEqual(serde.deserialize(Buffer.from('41000000000000ea6000000007', 'hex'), 't', headers), windowed)
    assert.throws(() => serde.deserialize(Buffer.alloc(11), 't', headers), SerdeError)
  })

  test('no bytes are read as null, as in Java', () => {
    for (const serde of [
      serdes.timeWindowed(serdes.string, 10),
      serdes.timeWindowed(serdes.string, 10, { changelog: true }),
      serdes.sessionWindowed(serdes.string),
    ]) {
      assert.equal(serde.deserialize(Buffer.alloc(0), 't', headers), null)
    }
  })

  test('the size of windows is needed to read them, not to write them', () => {
    const serde = serdes.timeWindowed(serdes.string)
    const windowed = new Windowed('k', { startMs: 5, endMs: 15 })
    const bytes = toBytes(serde.serialize(windowed, 't', headers))
    assert.throws(() => serde.deserialize(bytes, 't', headers), /needs the size of its windows/)
    assert.deepEqual(serdes.timeWindowed(serdes.string, 10).deserialize(bytes, 't', headers), windowed)
    assert.throws(() => serdes.timeWindowed(serdes.string, 0).deserialize(bytes, 't', headers), /A window of 0 ms/)
    const endless = serdes.timeWindowed(serdes.string, Infinity).deserialize(bytes, 't', headers)
    assert.deepEqual(endless.window, { startMs: 5, endMs: 2 ** 63 })
  })

  test('the size may come from the settings of a Java application', () => {
    const windowed = new Windowed('k', { startMs: 5, endMs: 505 })
    for (const settings of [{ 'window.size.ms': '500', 'client.id': 'x' }, { 'window.size.ms': 500 }]) {
      const serde = serdes.timeWindowed(serdes.string, settings)
      const bytes = toBytes(serde.serialize(windowed, 't', headers))
      assert.deepEqual(serde.deserialize(bytes, 't', headers), windowed)
    }
    for (const settings of [{}, { 'window.size.ms': 'long' }, { 'window.size.ms': 0 }]) {
      assert.throws(() => serdes.timeWindowed(serdes.string, settings), { code: 'INVALID_CONFIGURATION' })
    }
  })

  test('of any key and time come back', () => {
    const times = fc.nat({ max: 2 ** 53 - 2 ** 32 })
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        times,
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (key, startMs, sizeMs) => {
          const windowed = new Windowed(key, { startMs, endMs: startMs + sizeMs })
          for (const serde of [
            serdes.timeWindowed(serdes.string, sizeMs),
            serdes.timeWindowed(serdes.string, sizeMs, { changelog: true }),
            serdes.sessionWindowed(serdes.string),
          ]) {
            const bytes = toBytes(serde.serialize(windowed, 't', headers))
            assert.deepEqual(serde.deserialize(bytes, 't', headers), windowed)
          }
        },
      ),
    )
  })

  test('times that no window has are refused', () => {
    const time = serdes.timeWindowed(serdes.string, 10)
    const session = serdes.sessionWindowed(serdes.string)
    const bytes = (digits: string): Buffer => Buffer.from(digits, 'hex')
    assert.throws(() => time.deserialize(bytes('6bffffffffffffffff'), 't', headers), /times are not negative/)
    assert.throws(() => session.deserialize(bytes('6b0000000000000005ffffffffffffffff'), 't', headers), SerdeError)
    assert.throws(
      () => session.deserialize(bytes('6b00000000000000050000000000000014'), 't', headers),
      /does not end at 5/,
    )
    const moment = session.deserialize(bytes('6b00000000000000050000000000000005'), 't', headers)
    assert.deepEqual(moment, new Windowed('k', { startMs: 5, endMs: 5 }))
  })

  test('a windowed key is printed as Java prints it', () => {
    assert.equal(String(new Windowed('A', { startMs: 60_000, endMs: 61_000 })), '[A@60000/61000]')
    const lines: string[] = []
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
    const counts = builder.stream('in').groupByKey().windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count()
    counts.toStream().print({ label: 'counts', write: (line) => lines.push(line) })
    const driver = new TopologyTestDriver(builder.build())
    driver.createInputTopic('in', { key: serdes.string, value: serdes.long }).pipeKeyValue('a', 1, 12)
    driver.close()
    assert.deepEqual(lines, ['[counts]: [a@10/20], 1\n'])
  })

  test('bytes that are too short are refused', () => {
    assert.throws(() => serdes.timeWindowed(serdes.string, 1).deserialize(Buffer.alloc(7), 't', headers), SerdeError)
  })
})

const changes = changeSerde(serdes.string)

function hex(newValue: string | null, oldValue: string | null): string {
  return toBytes(changes.serialize(change(newValue, oldValue), 't', headers)).toString('hex')
}

function read(bytes: string): unknown {
  return changes.deserialize(Buffer.from(bytes, 'hex'), 't', headers)
}

describe('changes', () => {
  test('carry one value or both, as Java writes them', () => {
    assert.equal(hex(null, 'old'), '6f6c6400')
    assert.equal(hex('new', null), '6e657701')
    assert.equal(hex('new', 'old'), '066e65776f6c6402')
  })

  test('are read in all forms, and nothing else is', () => {
    assert.deepEqual(read('066e65776f6c6402'), change('new', 'old'))
    assert.deepEqual(read('066e65776f6c640005'), change('new', 'old', false))
    assert.deepEqual(read('6e65770104'), change('new', null, true))
    for (const bytes of ['', '09', 'ff02', '8080808080808002', '0c6e657702']) {
      assert.throws(() => read(bytes), SerdeError)
    }
  })
})
