import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Headers } from '@streamwright/formats'
import { JoinWindows, SessionWindows, Stores, StreamsBuilder, TimeWindows, Windowed, serdes } from '../../src/index.ts'
import { TopologyTestDriver, assertSnapshot } from '../../src/testing/index.ts'
import { bytesText, stableText } from '../../src/testing/stable-text.ts'

const strings = { key: serdes.string, value: serdes.string }

describe('snapshots of a run', () => {
  test('all outputs and stores, whatever was read; topics chosen per record; internal topics on request', () => {
    const builder = new StreamsBuilder(strings)
    const words = builder.stream('lines').flatMapValues((line) => line.split(' '))
    words
      .groupBy((_key, word) => word)
      .count({ store: 'counts' })
      .toStream()
      .to('counts', { value: serdes.long })
    words.to((_key, word) => `words-${word.length}`, strings)
    using driver = new TopologyTestDriver(builder.build())
    const input = driver.createInputTopic('lines', strings)
    input.pipe({ key: 'k', value: 'a bc a', timestamp: 5, headers: new Headers().add('from', 'me').add('n', null) })
    driver.createOutputTopic('words-2', strings).readRecordsToList()
    assertSnapshot(driver.snapshot(), {
      inline: `
        topic counts
          @5 "a" = 1 {from: "me", n: null}
          @5 "bc" = 1 {from: "me", n: null}
          @5 "a" = 2 {from: "me", n: null}
        topic words-1
          @5 "k" = "a" {from: "me", n: null}
          @5 "k" = "a" {from: "me", n: null}
        topic words-2
          @5 "k" = "bc" {from: "me", n: null}
        store counts
          "a" = 2 @5
          "bc" = 1 @5
      `,
    })
    assert.match(driver.snapshot({ internalTopics: true }), /topic test-counts-changelog\n {2}@5 "a" = 1/)
    assert.equal(driver.snapshot({ topics: ['words-2'], stores: [] }).split('\n').length, 3)
    const asLong = { 'words-2': { key: serdes.string, value: serdes.short } }
    assert.match(driver.snapshot({ topics: ['words-2'], serdes: asLong }), /"k" = 25187/)
  })

  test('windows, sessions, versions and joins', () => {
    const builder = new StreamsBuilder(strings)
    const stream = builder.stream('in')
    const grouped = stream.groupByKey()
    grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count({ store: 'windows' })
    grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(5)).count({ store: 'sessions' })
    const supplier = Stores.persistentVersionedKeyValueStore('versions', { historyRetentionMs: 1000 })
    builder.table('rows', { supplier })
    const windows = JoinWindows.ofTimeDifferenceWithNoGrace(5)
    stream
      .leftJoin(builder.stream('other'), (left, right) => `${left}${right ?? '?'}`, windows, { storeName: 'join' })
      .to('out')
    using driver = new TopologyTestDriver(builder.build())
    const input = driver.createInputTopic('in', strings)
    input.pipeInput('a', 'x', 1)
    input.pipeInput('a', 'y', 12)
    input.pipeInput('b', 'z', 14)
    const rows = driver.createInputTopic('rows', strings)
    rows.pipeInput('r', '1', 10)
    rows.pipeInput('r', '2', 20)
    assertSnapshot(driver.snapshot(), {
      inline: `
        topic out
          @1 "a" = "x?"
        store join-outer-other-join-store
        store join-this-join-store
          "a"@12/22 = "y"
          "b"@14/24 = "z"
        store sessions
          "a"@1/1 = 1
          "a"@12/12 = 1
          "b"@14/14 = 1
        store versions
          "r" = "1" @10 until 20
          "r" = "2" @20
        store windows
          "a"@0/10 = 1 @1
          "a"@10/20 = 1 @12
          "b"@10/20 = 1 @14
      `,
    })
  })

  test('what cannot be read by the serdes of its sink is shown as it is', () => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.bytes })
    builder.stream('in').to(() => 'out', { key: serdes.string, value: serdes.bytes })
    builder.stream('in2').to(() => 'out', { key: serdes.string, value: serdes.bytes })
    using driver = new TopologyTestDriver(builder.build())
    const input = driver.createInputTopic('in', { key: serdes.string, value: serdes.bytes })
    input.pipeInput('a', Buffer.from('text'), 1)
    input.pipeInput('a', Buffer.from([1, 255]), 2)
    input.pipeInput('a', null, 3)
    assert.equal(driver.snapshot(), 'topic out\n  @1 "a" = "text"\n  @2 "a" = 0x01ff\n  @3 "a" = null\n')
  })
})

describe('assertSnapshot', () => {
  test('writes a file on demand and compares with it from then on', () => {
    const folder = mkdtempSync(join(tmpdir(), 'streamwright-snapshot-'))
    try {
      const file = pathToFileURL(join(folder, 'deeper', 'run.snapshot.txt'))
      assert.throws(() => assertSnapshot('a\nb\n', file, { update: false }), {
        name: 'AssertionError',
        message:
          /run\.snapshot\.txt, line 1: expected nothing, found “a”\. Run again with STREAMWRIGHT_UPDATE_SNAPSHOTS=1/,
      })
      assertSnapshot('a\nb\n', file, { update: true })
      assertSnapshot('a\nb\n', file, { update: false })
      writeFileSync(file, 'a\r\nb\r\n')
      assertSnapshot('a\nb\n', file, { update: false })
      assert.throws(() => assertSnapshot('a\nc\n', file, { update: false }), {
        message: /line 2: expected “b”, found “c”/,
        actual: 'a\nc\n',
        expected: 'a\nb\n',
      })
      assert.throws(() => assertSnapshot('a\n', file, { update: false }), {
        message: /line 2: expected “b”, found nothing/,
      })
      assertSnapshot('new\n', file, { update: true })
      assert.equal(readFileSync(file, 'utf8'), 'new\n')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('by the environment, where no option says it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'streamwright-snapshot-'))
    const file = pathToFileURL(join(folder, 'run.txt'))
    const before = process.env['STREAMWRIGHT_UPDATE_SNAPSHOTS']
    try {
      process.env['STREAMWRIGHT_UPDATE_SNAPSHOTS'] = '1'
      assertSnapshot('a\n', file)
      process.env['STREAMWRIGHT_UPDATE_SNAPSHOTS'] = '0'
      assertSnapshot('a\n', file)
      assert.throws(() => assertSnapshot('b\n', file))
    } finally {
      if (before === undefined) delete process.env['STREAMWRIGHT_UPDATE_SNAPSHOTS']
      else process.env['STREAMWRIGHT_UPDATE_SNAPSHOTS'] = before
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test('values as text do not depend on how they came to be', () => {
  const texts = [
    ['a"b', '"a\\"b"'],
    [1.5, '1.5'],
    [-0, '-0'],
    [12n, '12n'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ b: 1, a: { 'x y': true } }, '{a: {"x y": true}, b: 1}'],
    [{ a: 1, b: 2 }, '{a: 1, b: 2}'],
    [[1, ['a']], '[1, ["a"]]'],
    [Buffer.from([1, 171]), '0x01ab'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'no date'],
    [new Map([['a', 1]]), 'Map {"a" => 1}'],
    [new Set(['a']), 'Set {"a"}'],
    [new Windowed('k', { startMs: 1, endMs: 2 }), '"k"@1/2'],
    [new Headers().add('a', 'b'), '{a: "b"}'],
  ] as const
  for (const [value, text] of texts) assert.equal(stableText(value), text)
  assert.equal(bytesText(Buffer.from('é')), '"é"')
  assert.equal(bytesText(Buffer.from('a\n')), '0x610a')
  assert.equal(bytesText(Buffer.from([255])), '0xff')
})
