import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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
