import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import { Stores, StreamsBuilder, Topology, serdes } from '../../src/index.ts'
import type {
  FixedKeyProcessor,
  FixedKeyProcessorContext,
  KeyValueStore,
  Processor,
  ProcessorContext,
  ProcessorWrapper,
  Record,
  StreamsBuilderOptions,
} from '../../src/index.ts'

const strings = { key: serdes.string, value: serdes.string }

/** Counts the records of each node. */
function counting(counts: Map<string, number>): ProcessorWrapper {
  const count = (name: string): number => counts.set(name, (counts.get(name) ?? 0) + 1).size
  return {
    wrapProcessorSupplier: (name, supplier) => () => {
      const inner = supplier.create()
      return {
        init: (context) => inner.init?.(context),
        process: (record) => {
          count(name)
          inner.process(record)
        },
        close: () => inner.close?.(),
      }
    },
    wrapFixedKeyProcessorSupplier: (name, supplier) => () => {
      const inner = supplier.create()
      return {
        init: (context) => inner.init?.(context),
        process: (record) => {
          count(`${name} (fixed key)`)
          inner.process(record)
        },
        close: () => inner.close?.(),
      }
    },
  }
}

function application(options: StreamsBuilderOptions<string, string>): Topology {
  const builder = new StreamsBuilder(options)
  const users = builder.globalTable<string, string>('users')
  const rows = builder.table<string, string>('rows', { store: 'rows' })
  builder
    .stream<string, string>('in')
    .join(
      users,
      (key) => key,
      (value, user) => `${value} of ${user}`,
    )
    .processValues(() => {
      let context: FixedKeyProcessorContext<string, string> | undefined
      const processor: FixedKeyProcessor<string, string, string> = {
        init(given) {
          context = given
        },
        process(record) {
          context?.forward(record)
        },
      }
      return processor
    })
    .groupByKey()
    .count({ store: 'counts' })
    .join(rows, (count, row) => `${count} ${row}`)
    .toStream()
    .to('out')
  return builder.build()
}

test('every processor and operator is wrapped but those of global stores; names and description stay', () => {
  const counts = new Map<string, number>()
  const topology = application({ ...strings, processorWrapper: counting(counts) })
  assert.equal(String(topology.describe()), String(application(strings).describe()))
  const driver = new TopologyTestDriver(topology)
  driver.createInputTopic('users', strings).pipeKeyValue('a', 'anna')
  driver.createInputTopic('rows', strings).pipeKeyValue('a', 'row')
  driver.createInputTopic('in', strings).pipeKeyValue('a', 'x')
  assert.deepEqual(driver.createOutputTopic('out', strings).readKeyValues(), [['a', '1 row']])
  assert.deepEqual(
    [...counts].map(([name, count]) => `${name.replace(/-\d+/, '')} ${count}`),
    [
      'KTABLE-SOURCE 1',
      'KTABLE-JOINOTHER 1',
      'KSTREAM-LEFTJOIN 1',
      'KSTREAM-PROCESSVALUES (fixed key) 1',
      'KSTREAM-AGGREGATE 1',
      'KTABLE-JOINTHIS 1',
      'KTABLE-MERGE 1',
      'KTABLE-TOSTREAM 1',
    ],
  )
  driver.close()
})

/** Remembers the last value of each key in a store of its node. */
class Remembering implements Processor<unknown, unknown, unknown, unknown> {
  readonly #store: string
  readonly #inner: Processor<unknown, unknown, unknown, unknown>
  #last: KeyValueStore<string, string> | undefined

  constructor(store: string, inner: Processor<unknown, unknown, unknown, unknown>) {
    this.#store = store
    this.#inner = inner
  }

  init(context: ProcessorContext<unknown, unknown>): void {
    this.#last = context.getStateStore(this.#store)
    this.#inner.init?.(context)
  }

  process(record: Record<unknown, unknown>): void {
    this.#last?.put(String(record.key), String(record.value))
    this.#inner.process(record)
  }
}

test('a wrapper may bring stores, beside those of the supplier', () => {
  const own = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('own'), strings)
  const processorWrapper: ProcessorWrapper = {
    wrapProcessorSupplier: (name, { create, stores }) => {
      const store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(`last-${name}`), strings)
      return { create: () => new Remembering(store.name, create()), stores: [...stores, store] }
    },
  }
  const topology = new Topology({ ...strings, processorWrapper })
    .addSource('read', 'in')
    .addProcessor('p', { create: () => new Upper(), stores: [own] }, 'read')
    .addSink('write', 'out', 'p')
  assert.match(String(topology.describe()), /Processor: p \(stores: \[last-p, own\]\)/)
  const driver = new TopologyTestDriver(topology)
  driver.createInputTopic('in', strings).pipeKeyValue('k', 'v')
  assert.deepEqual(driver.createOutputTopic('out', strings).readKeyValues(), [['k', 'V']])
  assert.equal(driver.getKeyValueStore('last-p').get('k'), 'v')
  driver.close()
})

class Upper implements Processor<string, string, string, string> {
  #context: ProcessorContext<string, string> | undefined

  init(context: ProcessorContext<string, string>): void {
    this.#context = context
    context.getStateStore('own')
  }

  process(record: Record<string, string>): void {
    this.#context?.forward(record.withValue(record.value.toUpperCase()))
  }
}

test('a wrapper that hands out one processor for all tasks is refused', () => {
  const one = new Upper()
  const topology = new Topology({ ...strings, processorWrapper: { wrapProcessorSupplier: () => () => one } })
  topology.addSource('read', 'in')
  assert.throws(() => topology.addProcessor('p', () => new Upper(), 'read'), /one and the same processor/)
})
