import { Stores, StreamsBuilder, serdes } from '@streamwright/streams'
import type {
  FixedKeyProcessorContext,
  FixedKeyRecord,
  ProcessorContext,
  Record as StreamsRecord,
} from '@streamwright/streams'
import type { MicroCase } from './micro-case.ts'
import type { RecordMaker, TaskRunOptions } from './task-run.ts'
import { TaskRun } from './task-run.ts'

/** How an operator is measured. */
export interface OperatorOptions extends Partial<TaskRunOptions> {
  /** Where stores keep their rows. Default: memory. */
  readonly storeEngine?: 'memory' | 'persistent' | 'log'
  readonly topologyOptimization?: string
}

export type TextBuilder = StreamsBuilder<string, string>

const strings = { key: serdes.string, value: serdes.string }

/** `statestore.cache.max.bytes`, where nothing else is said. */
const cacheMaxBytes = 10 * 1024 * 1024

/** A hundred keys in turn, with a value that is not the same each time. */
export const text: RecordMaker = (index) => [`key-${index % 100}`, `value-${index}`]

/** One operator, from records of text in the topic `in`, the reading of which is part of the figure. */
export function operator(
  name: string,
  build: (builder: TextBuilder) => void,
  options: OperatorOptions = {},
): MicroCase {
  return {
    group: 'operators',
    name,
    start() {
      const { storeEngine = 'memory', topologyOptimization, ...rest } = options
      const optimized = topologyOptimization === undefined ? {} : { topologyOptimization }
      const builder: TextBuilder = new StreamsBuilder({ ...strings, storeEngine, ...optimized })
      build(builder)
      const cached = rest.cacheMaxBytes ?? cacheMaxBytes
      const definition = builder.build().define({ applicationId: 'micro', statestoreCacheMaxBytes: cached })
      return new TaskRun(definition, { inputs: { in: text }, rows: {}, ...rest, cacheMaxBytes: cached })
    },
  }
}

const nothing = (): void => undefined

/** Operators that look at one record at a time. */
export const statelessCases: readonly MicroCase[] = [
  operator('stream alone', (builder) => void builder.stream('in')),
  operator('foreach', (builder) => builder.stream('in').foreach(nothing)),
  operator('peek', (builder) => void builder.stream('in').peek(nothing)),
  operator('filter', (builder) => void builder.stream('in').filter((_key, value) => value !== 'value-7')),
  operator('filterNot', (builder) => void builder.stream('in').filterNot((_key, value) => value === 'value-7')),
  operator('mapValues', (builder) => void builder.stream('in').mapValues((value) => value.length)),
  operator('map', (builder) => void builder.stream('in').map((key, value) => [value, key])),
  operator('selectKey', (builder) => void builder.stream('in').selectKey((_key, value) => value)),
  operator('flatMapValues', (builder) => void builder.stream('in').flatMapValues((value) => [value, value])),
  operator(
    'flatMap',
    (builder) =>
      void builder.stream('in').flatMap((key, value) => [
        [key, value],
        [value, key],
      ]),
  ),
  operator('merge', (builder) => void builder.stream('in').merge(builder.stream('more')).peek(nothing), {
    inputs: { in: text, more: text },
  }),
  operator(
    'split',
    (builder) =>
      void builder
        .stream('in')
        .split()
        .branch((_key, value) => value.endsWith('1'))
        .branch((_key, value) => value.endsWith('2'))
        .defaultBranch(),
  ),
  operator('process', (builder) => {
    builder.stream('in').process(() => {
      let context: ProcessorContext<string, string>
      return {
        init: (given) => void (context = given),
        process: (record: StreamsRecord<string, string>) => context.forward(record),
      }
    })
  }),
  operator('processValues', (builder) => {
    builder.stream('in').processValues(() => {
      let context: FixedKeyProcessorContext<string, string>
      return {
        init: (given) => void (context = given),
        process: (record: FixedKeyRecord<string, string>) => context.forward(record),
      }
    })
  }),
  operator('process, reading a store', (builder) => {
    builder.addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('last'), strings))
    builder.stream('in').process(
      () => {
        let get: (key: string) => string | null
        return {
          init(context) {
            const store = context.getStateStore<import('@streamwright/streams').KeyValueStore<string, string>>('last')
            get = (key) => store.get(key)
          },
          process: ({ key }: StreamsRecord<string, string>) => void get(key),
        }
      },
      { stores: ['last'] },
    )
  }),
  operator('to', (builder) => builder.stream('in').to('out')),
  operator('to, topic chosen per record', (builder) => builder.stream('in').to((key) => `out-${key}`)),
  operator('repartition', (builder) => void builder.stream('in').repartition()),
  operator(
    'mapValuesAsync',
    (builder) =>
      void builder.stream('in').mapValuesAsync((value) => Promise.resolve(value.length), { maxConcurrent: 100 }),
  ),
  operator(
    'flatMapValuesAsync',
    (builder) =>
      void builder.stream('in').flatMapValuesAsync((value) => Promise.resolve([value, value]), { maxConcurrent: 100 }),
  ),
  operator(
    'processAsync',
    (builder) =>
      void builder
        .stream('in')
        .processAsync<number>(() => ({ call: ({ value }) => Promise.resolve(value.length), complete: nothing }), {
          maxConcurrent: 100,
        }),
  ),
]
