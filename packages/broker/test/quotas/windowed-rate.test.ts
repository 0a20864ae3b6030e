import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { TokenBucket } from '../../src/quotas/token-bucket.ts'
import { WindowedRate } from '../../src/quotas/windowed-rate.ts'

const windows = { count: 11, sizeMs: 1000 }

test('a first record counts as if ten windows had gone by', () => {
  const rate = new WindowedRate(windows)
  rate.record(30_000, 500)
  assert.equal(rate.perSecond(500), 3000)
  assert.equal(rate.excessMs(3000, 500), 0)
  // Three times the limit: twenty seconds more bring 30,000 down to 1000 a second.
  assert.equal(rate.excessMs(1000, 500), 20_000)
})

test('what was recorded is forgotten when its window is over', () => {
  const rate = new WindowedRate(windows)
  rate.record(1000, 0)
  rate.record(500, 5000)
  assert.equal(rate.perSecond(10_000), 150)
  assert.equal(rate.perSecond(11_000), 500 / 10)
  assert.equal(rate.perSecond(60_000), 0)
  rate.record(20, 60_000)
  assert.equal(rate.perSecond(60_000), 2)
})

test('what is taken back has never been', () => {
  const rate = new WindowedRate(windows)
  rate.record(100, 0)
  rate.record(5000, 10)
  rate.record(-5000, 10)
  assert.ok(Math.abs(rate.perSecond(10) - 100 / 10.01) < 1e-9)
})

test('who sends without end, and is silent for as long as is told, comes to the limit', () => {
  const property = fc.property(
    fc.integer({ min: 1000, max: 100_000 }),
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 0, max: 50 }),
    (limit, percent, pauseMs) => {
      const rate = new WindowedRate(windows)
      const batch = Math.ceil((limit * percent) / 100)
      const untilMs = 300_000
      let bytes = 0
      let nowMs = 0
      while (nowMs < untilMs) {
        rate.record(batch, nowMs)
        bytes += batch
        nowMs += pauseMs + 1 + rate.excessMs(limit, nowMs)
      }
      const perSecond = (bytes * 1000) / nowMs
      const wanted = (batch * 1000) / (pauseMs + 1)
      // The first ten seconds' worth may be sent at once.
      assert.ok(perSecond <= limit * 1.15, `${perSecond} at ${limit}`)
      assert.ok(perSecond >= Math.min(limit, wanted) * 0.85, `${perSecond} at ${limit}, when ${wanted} were sent`)
    },
  )
  fc.assert(property, { seed: 219, numRuns: 100 })
})

test('a bucket gives more than it has once, and then nothing until that is made up for', () => {
  const bucket = new TokenBucket(windows, 0)
  assert.equal(bucket.owedMs(5, 0), 0)
  // 5 a second for eleven seconds were saved up: 55.
  bucket.take(60, 5, 0)
  assert.equal(bucket.owedMs(5, 0), 1000)
  assert.equal(bucket.owedMs(5, 400), 600)
  assert.equal(bucket.owedMs(5, 1000), 0)
})
