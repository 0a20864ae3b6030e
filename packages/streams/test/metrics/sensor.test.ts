import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { sampleCount, sampleWindowMs } from '../../src/metrics/limits.ts'
import { Sensor } from '../../src/metrics/sensor.ts'

describe('sensor', () => {
  test('without recordings there is nothing to compare, and a rate of 0', () => {
    const sensor = new Sensor()
    assert.deepEqual([sensor.total, sensor.rate(5), sensor.average(5), sensor.max(5)], [0, 0, Number.NaN, Number.NaN])
  })

  test('totals are for ever, averages and the like of the last two samples', () => {
    const sensor = new Sensor()
    sensor.record(100)
    sensor.fold(0)
    sensor.record(1)
    sensor.record(3)
    sensor.fold(sampleWindowMs)
    assert.deepEqual(
      [sensor.average(sampleWindowMs), sensor.max(sampleWindowMs), sensor.min(sampleWindowMs)],
      [104 / 3, 100, 1],
    )
    const laterMs = 2 * sampleWindowMs
    assert.deepEqual([sensor.average(laterMs), sensor.max(laterMs), sensor.min(laterMs)], [2, 3, 1])
    assert.equal(sensor.average(10 * sampleWindowMs), Number.NaN)
    assert.deepEqual([sensor.total, sensor.totalSum], [3, 104])
  })

  test('the rate at the beginning is that of a whole sample, so that it does not jump, as in Java', () => {
    const sensor = new Sensor()
    sensor.fold(0)
    for (let index = 0; index < 30; index++) sensor.record(2)
    assert.equal(sensor.rate(1000), 30 / 31)
    assert.ok(Math.abs(sensor.rate(sampleWindowMs - 1) - 0.5) < 1e-4)
    assert.equal(sensor.ratio(1000), 60 / 31_000)
  })

  test('however often it is folded, what it says of the last samples is what was recorded then', () => {
    const step = fc.record({ afterMs: fc.nat(20_000), value: fc.integer({ min: -5, max: 50 }) })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const sensor = new Sensor()
        // The oracle: samples by Java's rule, each recording put in at its own time.
        const samples: { startMs: number; values: number[] }[] = []
        let nowMs = 0
        for (const { afterMs, value } of steps) {
          nowMs += afterMs
          const last = samples.at(-1)
          if (last === undefined || nowMs - last.startMs >= sampleWindowMs)
            samples.push({ startMs: nowMs, values: [value] })
          else last.values.push(value)
          sensor.record(value)
          sensor.fold(nowMs)
        }
        const recent = samples.filter(({ startMs }) => nowMs - startMs < sampleCount * sampleWindowMs)
        const values = recent.slice(-sampleCount).flatMap((sample) => sample.values)
        assert.equal(sensor.max(nowMs), Math.max(...values))
        assert.equal(sensor.min(nowMs), Math.min(...values))
        assert.ok(
          Math.abs(sensor.average(nowMs) - values.reduce((sum, value) => sum + value, 0) / values.length) < 1e-9,
        )
        assert.equal(sensor.total, steps.length)
      }),
      { seed: 9, numRuns: 200 },
    )
  })
})
