import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Clock } from '@streamwright/std'
import { seededRandom } from '@streamwright/std'
import { javaFixed } from '../../src/console/java-numbers.ts'
import { javaDateFormat } from '../../src/perf/java-date-format.ts'
import type { IntervalReport } from '../../src/perf/latency-stats.ts'
import { LatencyStats } from '../../src/perf/latency-stats.ts'
import { randomPayloads, splitAtDelimiter } from '../../src/perf/payloads.ts'

test('numbers are rounded as Java’s printf does: the shortest form, half up', () => {
  assert.deepEqual(
    [1.005, 0.125, 2.675, 0.5, 99.995, 0.004, 1e21, 0].map((value) => javaFixed(value, 2)),
    ['1.01', '0.13', '2.68', '0.50', '100.00', '0.00', '1000000000000000000000.00', '0.00'],
  )
  assert.equal(javaFixed(-1.25, 1), '-1.3')
  assert.equal(javaFixed(2.5, 0), '3')
  assert.deepEqual([javaFixed(Number.NaN, 1), javaFixed(Number.POSITIVE_INFINITY, 1)], ['NaN', 'Infinity'])
})

test('texts of a file are split as Java’s Scanner does', () => {
  assert.deepEqual(splitAtDelimiter('one\ntwo\n\nthree\n', '\\n'), ['one', 'two', '', 'three'])
  assert.deepEqual(splitAtDelimiter('\none', '\\n'), ['one'])
  assert.deepEqual(splitAtDelimiter('a;b.c', '[;.]'), ['a', 'b', 'c'])
  assert.deepEqual(splitAtDelimiter('abc', ''), ['a', 'b', 'c'])
  assert.deepEqual(splitAtDelimiter('\n', '\\n'), [])
})

test('random letters are all 26, evenly, at any size', () => {
  const counts = new Map<number, number>()
  for (const size of [1, 2, 3, 4, 5, 1000]) {
    const payload = randomPayloads(size, seededRandom(7))
    for (let index = 0; index < 1000; index++) {
      const value = payload(index)
      assert.equal(value.length, size)
      for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
  }
  assert.equal(counts.size, 26)
  const numbers = [...counts.values()]
  assert.ok(Math.max(...numbers) / Math.min(...numbers) < 1.05)
})

describe('latencies', () => {
  const clockAt = (time: { nowMs: number }): Clock => ({ wallMs: () => time.nowMs, monotonicMs: () => time.nowMs })

  test('percentiles are those of the sorted samples, and of a million records every second is one', () => {
    const time = { nowMs: 0 }
    const stats = new LatencyStats(clockAt(time), 1_000_000, 1e9, () => assert.fail())
    for (let index = 0; index < 1_000_000; index++) stats.record(999 - (index % 1000), 100, 0)
    time.nowMs = 10_000
    const { recordsPerSec, p50Ms, p99Ms, maxLatencyMs, avgLatencyMs } = stats.total()
    assert.deepEqual({ recordsPerSec, p50Ms, p99Ms }, { recordsPerSec: 100_000, p50Ms: 501, p99Ms: 991 })
    assert.deepEqual([maxLatencyMs, avgLatencyMs], [999, 499.5])
  })

  test('an interval ends with the first record that comes after its time', () => {
    const time = { nowMs: 0 }
    const seen: [IntervalReport, boolean][] = []
    const stats = new LatencyStats(clockAt(time), 10, 100, (...interval) => seen.push(interval))
    for (const nowMs of [10, 50, 200, 250, 310]) stats.record(nowMs / 10, 1_048_576, nowMs)
    const [first, second] = seen
    const rates = { recordsPerSec: 15, mbPerSec: 15 }
    assert.deepEqual(first, [{ records: 3, ...rates, avgLatencyMs: 26 / 3, maxLatencyMs: 20 }, true])
    assert.deepEqual([second?.[0].records, second?.[1]], [2, false])
  })
})

test('times are written by patterns of SimpleDateFormat', () => {
  // Local, so that the test runs anywhere.
  const at = new Date(2026, 10, 21, 14, 2, 3, 45).getTime()
  const pattern = "yyyy.MM.dd G 'at' HH:mm:ss:SSS EEE d MMM yy h a k K 'o''clock' D w u F W L MMMM EEEE '' y M"
  assert.equal(
    javaDateFormat(pattern)(at),
    "2026.11.21 AD at 14:02:03:045 Sat 21 Nov 26 2 PM 14 2 o'clock 325 47 6 3 3 11 November Saturday ' 2026 11",
  )
  assert.throws(() => javaDateFormat('jj'), { message: "Illegal pattern character 'j'" })
  assert.throws(() => javaDateFormat("yy 'abc"), { message: 'Unterminated quote' })
})
