import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Position, PositionBound, Stores, serdes } from '../../src/index.ts'
import type { KeyValueStore } from '../../src/index.ts'
import { openStore } from '../../src/state/open-store.ts'
import { StorePosition } from '../../src/state/store-position.ts'
import { commitStores } from '../../src/tasks/store-writes.ts'
import { engineKinds } from '../state/engine-kinds.ts'
import { Host } from '../state/store-host.ts'

const component = fc.record({ topic: fc.constantFrom('a', 'b'), partition: fc.nat(2), offset: fc.nat(20) })
type Component = typeof component extends fc.Arbitrary<infer T> ? T : never

function positionOf(components: readonly Component[]): Position {
  return components.reduce(
    (position, { topic, partition, offset }) => position.withComponent(topic, partition, offset),
    Position.emptyPosition(),
  )
}

function context({ topic, partition, offset }: Component | { topic: null; partition: number; offset: number }) {
  return { topic, partition, offset, timestamp: 0, headers: undefined }
}

describe('a position', () => {
  test('keeps the latest offset of each partition, and is a value', () => {
    const empty = Position.emptyPosition()
    const first = empty.withComponent('orders', 0, 5)
    assert.ok(empty.isEmpty && !first.isEmpty)
    assert.equal(first.withComponent('orders', 0, 3), first, 'an earlier offset tells nothing new')
    const second = first.withComponent('orders', 1, 2).withComponent('users', 0, 0)
    assert.deepEqual(second.toJSON(), { orders: { 0: 5, 1: 2 }, users: { 0: 0 } })
    assert.deepEqual(second.topics, ['orders', 'users'])
    assert.deepEqual(second.partitionPositions('orders').get(1), 2)
    assert.ok(Position.from(second.toJSON()).equals(second) && !second.equals(first))
    assert.equal(String(first), '{"orders":{"0":5}}')
  })

  test('merged with another has the later offsets of both, in either order', () => {
    fc.assert(
      fc.property(fc.array(component), fc.array(component), (left, right) => {
        const [a, b] = [positionOf(left), positionOf(right)]
        assert.ok(a.merge(b).equals(b.merge(a)))
        assert.ok(a.merge(b).equals(positionOf([...left, ...right])))
      }),
      { seed: 1 },
    )
  })

  test('reaches a bound when it is as far in all that the bound says of the partition', () => {
    fc.assert(
      fc.property(fc.array(component), fc.array(component), fc.nat(2), (seen, bound, partition) => {
        const expected = [...positionOf(bound).components()]
          .filter((each) => each.partition === partition)
          .every(({ topic, offset }) => (positionOf(seen).partitionPositions(topic).get(partition) ?? -1) >= offset)
        assert.equal(PositionBound.at(positionOf(bound)).isReachedBy(positionOf(seen), partition), expected)
      }),
      { seed: 2 },
    )
    assert.ok(PositionBound.unbounded().isReachedBy(Position.emptyPosition(), 0))
  })
})

describe('the position of a store', () => {
  test('is that of all writes so far, whatever the order of partitions; commits and discards as the store does', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: component },
      fc.constantFrom('commit' as const, 'discard' as const, 'punctuation' as const, 'restart' as const),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let store = new StorePosition()
        let [known, committed] = [Position.emptyPosition(), Position.emptyPosition()]
        let text = store.text
        for (const each of steps) {
          if (each === 'commit') {
            store.commit()
            text = store.text
            committed = known
          } else if (each === 'discard') {
            store.discard()
            known = committed
          } else if (each === 'restart') {
            store = new StorePosition(text)
            known = committed
          } else if (each === 'punctuation') store.observe(context({ topic: null, partition: -1, offset: -1 }))
          else {
            store.observe(context(each))
            known = known.withComponent(each.topic, each.partition, each.offset)
          }
          assert.ok(store.current.equals(known), `${String(store.current)} is not ${String(known)}`)
        }
        store.clear()
        store.discard()
        assert.ok(store.current.isEmpty)
      }),
      { seed: 3, numRuns: 1000 },
    )
  })

  for (const { kind } of engineKinds.filter(({ kind: { name } }) => name === 'LMDB' || name === 'log')) {
    test(`is kept by the engine ${kind.name} with what was written, and forgotten with it`, () => {
      const place = kind.place()
      const definition = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore('store'), {
        key: serdes.string,
        value: serdes.string,
      })
      const open = () => {
        const engines = place.open()
        const host = new Host(0, engines)
        return { engines, host, store: openStore(definition, host) }
      }
      const first = open()
      Object.assign(first.host.context, { topic: 'in', partition: 2, offset: 7 })
      const rows = first.store as unknown as KeyValueStore<string, string>
      rows.put('a', '1')
      commitStores([first.store], first.engines, new Map())
      first.host.context.offset = 8
      rows.put('a', '2')
      first.engines.close()
      const second = open()
      assert.deepEqual(second.store.position?.current.toJSON(), { in: { 2: 7 } }, 'what was not committed is gone')
      second.engines.wipe('store')
      second.engines.close()
      const third = open()
      assert.ok(third.store.position?.current.isEmpty === true)
      third.engines.close()
      place.remove()
    })
  }
})
