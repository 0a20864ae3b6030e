import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers, serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import type { RestoredRecord } from '../../src/state/task-store.ts'
import { JoinBuffer } from '../../src/state/stores/join-buffer.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

const graceMs = 10
const definition: Extract<StoreDefinition, { kind: 'joinBuffer' }> = {
  kind: 'joinBuffer',
  name: 's3',
  engine: 'memory',
  caching: false,
  logging: {},
  graceMs,
  key: serdes.string,
  value: serdes.string,
}

/** Keeps what a buffer logs, to be restored from. */
class LoggingHost extends Host {
  readonly records: RestoredRecord[] = []

  override changelog(store: string): ReturnType<Host['changelog']> {
    return {
      topic: this.changelogTopic(store),
      append: (timestamp, key, value) =>
        void this.records.push({
          key: Buffer.from(key as Buffer),
          value: value === null ? null : Buffer.from(value as Buffer),
          timestamp,
        }),
    }
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('put' as const), key: fc.constantFrom('a', 'b', ''), time: fc.nat(60) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('commit' as const, 'reopen' as const, 'restore' as const),
      key: fc.constant(''),
      time: fc.constant(0),
    }),
  },
)

describe('buffer of a join with grace', () => {
  for (const { kind, runs } of engineKinds) {
    test(`gives records out when their grace is over, the oldest first, through commits and restores, on ${kind.name}`, () => {
      const place = kind.place()
      const space = place.open()
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          space.wipe('s3')
          const host = new LoggingHost(0, space)
          let buffer = new JoinBuffer<string, string>(definition, host)
          let model: { readonly key: string; readonly time: number; readonly value: string }[] = []
          let observed = -1
          for (const [index, { do: what, key, time }] of steps.entries()) {
            if (what !== 'put') {
              host.commit(buffer)
              if (what === 'reopen') buffer = new JoinBuffer(definition, host)
              if (what === 'restore') {
                space.wipe('s3')
                buffer = new JoinBuffer(definition, host)
                space.commit(new Map([['s3', buffer.restoreWrites(host.records)]]), new Map())
              }
              continue
            }
            Object.assign(host.context, {
              topic: 'in',
              partition: 1,
              offset: index,
              timestamp: time,
              headers: new Headers().add('at', String(index)),
            })
            const isInTime = time >= observed - graceMs
            assert.equal(buffer.put(key, `v${index}`, time), isInTime)
            if (!isInTime) continue
            observed = Math.max(observed, time)
            model.push({ key, time, value: `v${index}` })
            const due = model.filter((row) => row.time <= observed - graceMs)
            model = model.filter((row) => !due.includes(row))
            const seen: string[] = []
            buffer.evict(({ key: seenKey, value, timestamp, headers }) => {
              assert.equal(`v${host.context.offset}`, value, 'in the context in which it came')
              assert.equal(`v${headers.text('at') ?? ''}`, value)
              seen.push(`${timestamp} ${seenKey} ${value}`)
            })
            const ordered = due.toSorted(
              (left, right) => left.time - right.time || (left.key < right.key ? -1 : left.key > right.key ? 1 : 0),
            )
            assert.deepEqual(
              seen,
              ordered.map((row) => `${row.time} ${row.key} ${row.value}`),
            )
            assert.equal(host.context.offset, index)
          }
        }),
        { seed: 42, numRuns: runs },
      )
      space.close()
      place.remove()
    })
  }

  test('what was not committed is dropped by discard', () => {
    const host = new Host(0)
    const buffer = new JoinBuffer<string, string>(definition, host)
    host.context.timestamp = 5
    buffer.put('a', 'kept', 5)
    host.commit(buffer)
    buffer.put('b', 'gone', 50)
    buffer.evict(() => {})
    buffer.discard()
    const seen: string[] = []
    assert.ok(buffer.put('c', 'next', 20), 'the time that was observed is dropped too')
    buffer.evict(({ value }) => void seen.push(value))
    assert.deepEqual(seen, ['kept'])
  })
})
