import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers, serdes } from '@streamwright/formats'
import { fromHex } from '@streamwright/std'
import * as fc from 'fast-check'
import { change } from '../../src/processor/change.ts'
import type { RestoredRecord } from '../../src/state/task-store.ts'
import { SuppressBuffer } from '../../src/state/stores/suppress-buffer.ts'
import { decodeBufferedChange, encodeBufferedChange } from '../../src/state/stores/buffered-change.ts'
import { Host } from './store-host.ts'

const definition = {
  kind: 'suppressBuffer',
  name: 's',
  engine: 'memory',
  caching: false,
  logging: {},
  key: serdes.string,
  value: serdes.string,
} as never

/** Keeps what a buffer logs, to be restored from. */
class LoggingHost extends Host {
  readonly records: RestoredRecord[] = []

  override changelog(store: string): ReturnType<Host['changelog']> {
    return {
      topic: this.changelogTopic(store),
      append: (timestamp, key, value, headers?: Headers) =>
        void this.records.push({
          key: Buffer.from(key as string),
          value: value === null ? null : Buffer.from(value as Buffer),
          timestamp,
          headers,
        }),
    }
  }

  commitBuffer(buffer: SuppressBuffer<string, string>): void {
    buffer.flushCache()
    this.engines.commit(new Map([[buffer.name, buffer.takeWrites()]]), new Map())
  }
}

interface Held {
  readonly key: string
  readonly timeMs: number
  value: string | null
  old: string | null
  readonly prior: string | null
}

function drain(buffer: SuppressBuffer<string, string>, untilMs: number): string[] {
  const out: string[] = []
  buffer.evictWhile(
    () => buffer.minTimestamp <= untilMs,
    ({ key, value }) => void out.push(`${key}:${value.oldValue}→${value.newValue}`),
  )
  return out
}

const keys = fc.constantFrom('a', 'b', 'é', '')
const values = fc.option(fc.constantFrom('x', 'yy'))
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('put' as const), key: keys, value: values, old: values, time: fc.nat(20) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('evict' as const), time: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'commit' as const }, { do: 'restore' as const }) },
)

describe('suppress buffer', () => {
  test('gives out the oldest first, whatever is put, committed, and restored from what it logged', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let host = new LoggingHost(0)
        let buffer = new SuppressBuffer<string, string>(definition, host)
        let model: Held[] = []
        for (const each of steps) {
          if (each.do === 'put') {
            const held = model.find(({ key }) => key === each.key)
            if (held === undefined) {
              model.push({ key: each.key, timeMs: each.time, value: each.value, old: each.old, prior: each.old })
            } else Object.assign(held, { value: each.value, old: each.old })
            buffer.put(each.time, each.key, change(each.value, each.old))
          } else if (each.do === 'evict') {
            const due = model.filter(({ timeMs }) => timeMs <= each.time)
            const ordered = due.toSorted(
              (left, right) =>
                left.timeMs - right.timeMs || Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)),
            )
            assert.deepEqual(
              drain(buffer, each.time),
              ordered.map(({ key, value, old }) => `${key}:${old}→${value}`),
            )
            model = model.filter((held) => !due.includes(held))
          } else host.commitBuffer(buffer)
          if (each.do === 'restore') {
            const { records, logged } = host
            assert.equal(logged.length, 0)
            const restoredHost = new LoggingHost(0)
            const restored = new SuppressBuffer<string, string>(definition, restoredHost)
            const writes = records.map((record) => restored.restoreWrite(record))
            restoredHost.engines.commit(new Map([['s', writes]]), new Map())
            assert.equal(restored.bufferSize, buffer.bufferSize)
            restoredHost.records.push(...records)
            host = restoredHost
            buffer = restored
          }
          assert.equal(buffer.numRecords, model.length)
          assert.equal(buffer.minTimestamp, Math.min(Infinity, ...model.map(({ timeMs }) => timeMs)))
          for (const { key, prior } of model) assert.equal(buffer.priorValueForBuffered(key), prior)
        }
      }),
      { seed: 42, numRuns: 300 },
    )
  })

  test('what was not committed is dropped by discard', () => {
    const host = new LoggingHost(0)
    const buffer = new SuppressBuffer<string, string>(definition, host)
    buffer.put(5, 'kept', change('1', null))
    buffer.put(6, 'evicted', change('2', null))
    host.commitBuffer(buffer)
    drain(buffer, 5)
    buffer.put(1, 'new', change('3', null))
    buffer.discard()
    assert.deepEqual(drain(buffer, 10), ['kept:null→1', 'evicted:null→2'])
  })

  test('a key that changes several times between commits is logged once', () => {
    const host = new LoggingHost(0)
    const buffer = new SuppressBuffer<string, string>(definition, host)
    for (const value of ['1', '2', '3']) buffer.put(5, 'a', change(value, null))
    host.commitBuffer(buffer)
    assert.equal(host.records.length, 1)
    assert.equal(host.records[0]?.headers?.last('v')?.value?.[0], 3)
  })
})

describe('changelog of a suppress buffer', () => {
  // context: timestamp 7, offset 9, topic "t", partition 2, one header h=x
  const context = '000000000000000700000000000000090000000174000000020000000100000001680000000178'
  const time = '000000000000000b'
  const legacyChange = '000000016f000000016e'
  const decode = (hex: string, version: number | undefined, prior: string | null = null) => {
    const headers = version === undefined ? undefined : new Headers([{ key: 'v', value: Buffer.from([version]) }])
    const record = { value: fromHex(hex), timestamp: 99, headers }
    const { timeMs, change: held } = decodeBufferedChange(record, prior === null ? null : Buffer.from(prior))
    const { topic, offset, partition, timestamp } = held.context
    const text = (bytes: Buffer | null): string | null => bytes?.toString() ?? null
    return {
      timeMs,
      prior: text(held.prior),
      old: text(held.old),
      new: text(held.new),
      at: [topic, partition, offset, timestamp],
    }
  }
  const expected = { timeMs: 11, prior: 'o', old: 'o', new: 'n', at: ['t', 2, 9, 7] }

  test('is read in every version that Kafka Streams has written', () => {
    assert.deepEqual(decode(`${time}${legacyChange}`, undefined), { ...expected, at: [null, -1, -1, 99] })
    assert.deepEqual(decode(`${time}${context}0000000a${legacyChange}`, 1), expected)
    assert.deepEqual(decode(`${time}${context}0000000a${legacyChange}`, 1, 'p'), { ...expected, prior: 'p' })
    assert.deepEqual(decode(`${context}0000000a${legacyChange}0000000170${time}`, 2), { ...expected, prior: 'p' })
    const third = `${context}0000000170000000016f000000016e${time}`
    assert.deepEqual(decode(third, 3), { ...expected, prior: 'p' })
    assert.deepEqual(decode(third, 2), { ...expected, prior: 'p' }, '2.4.0 named it 2 and wrote 3')
    assert.throws(() => decode(third, 4), { code: 'UNKNOWN_CHANGELOG_VERSION' })
  })

  test('is written in version 3, an old value that is the prior one only once', () => {
    const bytes = (text: string): Buffer => Buffer.from(text)
    const held = {
      prior: bytes('o'),
      old: bytes('o'),
      new: null,
      context: { topic: 't', partition: 2, offset: 9, timestamp: 7, headers: new Headers().add('h', 'x') },
    }
    assert.equal(encodeBufferedChange(held, 11).toString('hex'), `${context}000000016ffffffffeffffffff${time}`)
  })
})
