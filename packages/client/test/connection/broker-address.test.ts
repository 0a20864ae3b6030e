import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@streamwright/std'
import { backoffMs } from '../../src/connection/backoff.ts'
import { addressText, parseBootstrapServers } from '../../src/connection/broker-address.ts'

test('addresses may be names, IPv4 and IPv6', () => {
  const texts = ['localhost:9092', '127.0.0.1:1', '[::1]:65535', 'PLAINTEXT://kafka.example.com:9092']
  const addresses = parseBootstrapServers(texts)
  assert.deepEqual(addresses.map(addressText), [
    'localhost:9092',
    '127.0.0.1:1',
    '[::1]:65535',
    'kafka.example.com:9092',
  ])
})

for (const text of ['localhost', 'localhost:', ':9092', 'localhost:0', 'localhost:70000', '::1:9092', 'a b:1']) {
  test(`${text} is no address`, () => {
    assert.throws(() => parseBootstrapServers([text]), { code: 'INVALID_CONFIGURATION', message: /host:port/ })
  })
}

test('there is at least one bootstrap server', () => {
  assert.throws(() => parseBootstrapServers([]), /at least one/)
})

test('back-offs double up to the greatest, and differ', () => {
  const random = seededRandom(1)
  const backoff = { initialMs: 100, maxMs: 1_000 }
  for (const [failures, expected] of [
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1_000],
    [100, 1_000],
  ] as const) {
    const times = Array.from({ length: 50 }, () => backoffMs(backoff, failures, random))
    for (const time of times) assert.ok(time >= expected * 0.8 - 1e-9 && time <= Math.min(expected * 1.2, 1_000))
    if (failures < 5) assert.ok(new Set(times).size > 40)
  }
})
