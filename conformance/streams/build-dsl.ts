import type { EmitStrategy, KStream, MaterializedOptions } from '@streamwright/streams'
import {
  BranchedKStream,
  CogroupedKStream,
  GlobalKTable,
  KGroupedStream,
  KGroupedTable,
  KTable,
  SessionWindowedCogroupedKStream,
  SessionWindowedKStream,
  SessionWindows,
  SlidingWindows,
  StreamsBuilder,
  TimeWindowedCogroupedKStream,
  TimeWindowedKStream,
  TimeWindows,
  UnlimitedWindows,
  KStream as Stream,
  serdes,
} from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { listAt, objectAt, textAt } from '../json.ts'
import { aggregator, combiner, initializer } from './combining-functions.ts'
import { keyValueFunction, predicate } from './functions.ts'
import {
  consumed,
  engineNamed,
  grouped,
  joinWindows,
  joined,
  materialized,
  named,
  produced,
  repartitioned,
  streamJoined,
  suppressed,
  tableJoined,
} from './parameters.ts'
import { fixedKeyProcessorSupplier, processorSupplier, valueTransformerSupplier } from './processors.ts'
import { serdeIfNamed } from './serde-names.ts'
import { storeFrom } from './store-specs.ts'
import { topicExtractor } from './time-and-routing.ts'
import type { Trace } from './trace.ts'
import { UnsupportedError } from './unsupported.ts'
import { str } from './values.ts'
import type { Vector } from './vector.ts'
import { optionalNumber, optionalObject, optionalText } from './vector.ts'

type AnyStream = KStream<unknown, unknown>
type AnyTable = KTable<unknown, unknown>
type Pair = readonly [unknown, unknown]
type Materialized = MaterializedOptions<unknown, unknown> & { name?: string }

/** What the steps of a vector built, beside the topology. */
export interface BuiltDsl {
  readonly topology: Topology
  readonly queryableStoreNames: ReadonlyMap<string, string | null>
  readonly branches: ReadonlyMap<string, readonly string[]>
}

/** Applies the steps of a `dsl` vector to a builder. */
export class DslInterpreter {
  readonly #builder: StreamsBuilder
  readonly #objects = new Map<string, unknown>()
  readonly #branches = new Map<string, readonly string[]>()
  readonly #trace: Trace

  constructor(config: Vector['config'], optimization: string | undefined, trace: Trace) {
    const key = serdeIfNamed(config['default.key.serde'])
    const value = serdeIfNamed(config['default.value.serde'])
    const storeEngine = engineNamed(config['dsl.store.suppliers.class'])
    this.#trace = trace
    this.#builder = new StreamsBuilder({
      ...(key === undefined ? {} : { key }),
      ...(value === undefined ? {} : { value }),
      ...(storeEngine === undefined ? {} : { storeEngine }),
      storeFormat: config['dsl.store.format'] === 'HEADERS' ? 'HEADERS' : 'DEFAULT',
      ...(optimization === undefined ? {} : { topologyOptimization: optimization }),
      ensureExplicitInternalResourceNaming: config['ensure.explicit.internal.resource.naming'] === 'true',
      processChangesRecords: config['__enable.process.processValue.fix__'] === 'true',
    })
  }

  build(steps: readonly JsonObject[]): BuiltDsl {
    for (const step of steps) this.#apply(step)
    const queryableStoreNames = new Map<string, string | null>()
    for (const [id, object] of this.#objects) {
      if (object instanceof KTable || object instanceof GlobalKTable) {
        queryableStoreNames.set(id, object.queryableStoreName() ?? null)
      }
    }
    return { topology: this.#builder.build(), queryableStoreNames, branches: this.#branches }
  }

  #apply(step: JsonObject): void {
    const op = textAt(step, 'op')
    const result = 'from' in step ? this.#applyOn(op, this.#object(textAt(step, 'from')), step) : this.#start(op, step)
    const id = optionalText(step, 'id')
    if (id !== undefined) this.#objects.set(id, result)
  }

  #object(id: string): unknown {
    const object = this.#objects.get(id)
    if (object === undefined) throw new Error(`Nothing is called ${id}`)
    return object
  }

  #start(op: string, step: JsonObject): unknown {
    const options = consumed(optionalObject(step, 'consumed'))
    switch (op) {
      case 'stream': {
        const pattern = optionalText(step, 'pattern')
        const topics = pattern === undefined ? (step['topics'] as readonly string[]) : new RegExp(pattern)
        return this.#builder.stream(topics, options)
      }
      case 'table':
        return this.#builder.table(textAt(step, 'topic'), { ...options, ...this.#tableMaterialized(step) })
      case 'globalTable':
        return this.#builder.globalTable(textAt(step, 'topic'), { ...options, ...this.#tableMaterialized(step) })
      case 'addGlobalStore':
        this.#builder.addGlobalStore(
          storeFrom(objectAt(step['store'], 'store')),
          textAt(step, 'topic'),
          processorSupplier(step, this.#trace),
          options,
        )
        return undefined
      case 'addStateStore':
        this.#builder.addStateStore(storeFrom(objectAt(step['store'], 'store')))
        return undefined
      default:
        throw new UnsupportedError(op)
    }
  }

  #tableMaterialized(step: JsonObject): Materialized {
    // Serdes of a table come from both; those of Consumed win, as in Java.
    const { key, value, ...rest } = materialized(step)
    const own = consumed(optionalObject(step, 'consumed'))
    return {
      ...rest,
      ...(own.key === undefined && key !== undefined ? { key } : {}),
      ...(own.value === undefined && value !== undefined ? { value } : {}),
    }
  }

  #applyOn(op: string, object: unknown, step: JsonObject): unknown {
    if (object instanceof Stream) return this.#onStream(op, object as AnyStream, step)
    if (object instanceof KTable) return this.#onTable(op, object as AnyTable, step)
    if (object instanceof KGroupedStream) return this.#onGroupedStream(op, object, step)
    if (object instanceof SessionWindowedKStream) return this.#onSessionWindowed(op, object, step)
    if (object instanceof CogroupedKStream) return this.#onCogrouped(op, object, step)
    if (object instanceof TimeWindowedCogroupedKStream) return this.#onWindowedCogrouped(op, object, step)
    if (object instanceof SessionWindowedCogroupedKStream) return this.#onSessionWindowedCogrouped(op, object, step)
    if (object instanceof TimeWindowedKStream) return this.#onAggregatable(op, object, step)
    if (object instanceof KGroupedTable) return this.#onGroupedTable(op, object, step)
    throw new UnsupportedError(op)
  }

  #onStream(op: string, stream: AnyStream, step: JsonObject): unknown {
    const options = named(step)
    const fn = step['fn']
    const id = optionalText(step, 'id') ?? ''
    switch (op) {
      case 'filter':
        return stream.filter(predicate(fn), options)
      case 'filterNot':
        return stream.filterNot(predicate(fn), options)
      case 'selectKey':
        return stream.selectKey(keyValueFunction(fn), options)
      case 'map':
        return stream.map(keyValueFunction(fn) as (key: unknown, value: unknown) => Pair, options)
      case 'flatMap':
        return stream.flatMap(keyValueFunction(fn) as (key: unknown, value: unknown) => Iterable<Pair>, options)
      case 'mapValues':
        return stream.mapValues(valueMapper(step), options)
      case 'flatMapValues':
        return stream.flatMapValues(valueMapper(step) as (value: unknown) => Iterable<unknown>, options)
      case 'peek':
        return stream.peek((key, value) => this.#trace.add(id, key, value), options)
      case 'foreach':
        return stream.foreach((key, value) => this.#trace.add(id, key, value), options)
      case 'print':
        return this.#print(stream, step, id)
      case 'merge':
        return stream.merge(this.#object(textAt(step, 'other')) as AnyStream, options)
      case 'split':
        return this.#split(stream, step, id)
      case 'repartition':
        return stream.repartition(repartitioned(optionalObject(step, 'repartitioned')))
      case 'to':
        return stream.to(
          'topicFn' in step ? topicExtractor(step['topicFn']) : textAt(step, 'topic'),
          produced(optionalObject(step, 'produced')),
        )
      case 'toTable':
        return stream.toTable({ ...options, ...materialized(step) })
      case 'groupByKey':
        return stream.groupByKey(grouped(optionalObject(step, 'grouped')))
      case 'groupBy':
        return stream.groupBy(keyValueFunction(fn), grouped(optionalObject(step, 'grouped')))
      case 'process':
        return stream.process(processorSupplier(step, this.#trace), { ...options, stores: storeNames(step) })
      case 'processValues':
        return stream.processValues(fixedKeyProcessorSupplier(step, this.#trace), {
          ...options,
          stores: storeNames(step),
        })
      case 'join':
      case 'leftJoin':
      case 'outerJoin':
        return this.#joinStream(op, stream, this.#object(textAt(step, 'other')), step)
      default:
    }
    throw new UnsupportedError(`${op} of a stream${joinedWith(this.#objects.get(String(step['other'])))}`)
  }

  #joinStream(op: 'join' | 'leftJoin' | 'outerJoin', stream: AnyStream, other: unknown, step: JsonObject): AnyStream {
    if (other instanceof KTable && op !== 'outerJoin') {
      const options = joined(optionalObject(step, 'joined'))
      return op === 'join' ? stream.join(other, joiner(step), options) : stream.leftJoin(other, joiner(step), options)
    }
    if (other instanceof GlobalKTable && op !== 'outerJoin') {
      const selector = keyValueFunction(step['keySelector'])
      const table = other as GlobalKTable<unknown, unknown>
      return op === 'join'
        ? stream.join(table, selector, joiner(step), named(step))
        : stream.leftJoin(table, selector, joiner(step), named(step))
    }
    if (!(other instanceof Stream)) throw new UnsupportedError(`${op} of a stream${joinedWith(other)}`)
    const windows = joinWindows(objectAt(step['windows'], 'windows'))
    const options = streamJoined(optionalObject(step, 'streamJoined'))
    if (op === 'join') return stream.join(other as AnyStream, joiner(step), windows, options)
    if (op === 'leftJoin') return stream.leftJoin(other as AnyStream, joiner(step), windows, options)
    return stream.outerJoin(other as AnyStream, joiner(step), windows, options)
  }

  #print(stream: AnyStream, step: JsonObject, id: string): void {
    const mapper = 'mapper' in step ? keyValueFunction(step['mapper']) : undefined
    const label = optionalText(step, 'label')
    stream.print({
      ...named(step),
      ...(label === undefined ? {} : { label }),
      mapper: (key, value) => (mapper === undefined ? `${str(key)}, ${str(value)}` : str(mapper(key, value))),
      write: (line) => this.#trace.print(id, line),
    })
  }

  #split(stream: AnyStream, step: JsonObject, id: string): BranchedKStream<unknown, unknown> {
    const split = stream.split(named(step))
    for (const branch of listAt(step, 'branches')) {
      split.branch(predicate(branch['predicate']), this.#branched(optionalObject(branch, 'branched')))
    }
    const last = step['default']
    const branches =
      last === undefined || last === false
        ? split.noDefaultBranch()
        : split.defaultBranch(last === true ? {} : this.#branched(objectAt(last, 'default')))
    for (const [name, branch] of branches) this.#objects.set(`${id}#${name}`, branch)
    this.#branches.set(id, [...branches.keys()].toSorted())
    return split
  }

  #branched(json: JsonObject | undefined) {
    if (json === undefined) return {}
    const name = optionalText(json, 'name')
    const base = name === undefined ? {} : { name }
    if ('function' in json) {
      const steps = json['function'] === null ? null : listAt(json, 'function')
      return { ...base, function: (branch: AnyStream) => (steps === null ? null : this.#chain(branch, steps)) }
    }
    if ('consumer' in json) {
      return { ...base, consumer: (branch: AnyStream) => void this.#chain(branch, listAt(json, 'consumer')) }
    }
    return base
  }

  #chain(branch: AnyStream, steps: readonly JsonObject[]): AnyStream {
    let result: unknown = branch
    for (const step of steps) {
      result = this.#applyOn(textAt(step, 'op'), result, step)
      const id = optionalText(step, 'id')
      if (id !== undefined) this.#objects.set(id, result)
    }
    return result as AnyStream
  }

  #onTable(op: string, table: AnyTable, step: JsonObject): unknown {
    const options = { ...named(step), ...materialized(step) }
    const fn = step['fn']
    switch (op) {
      case 'filter':
        return table.filter(predicate(fn), options)
      case 'filterNot':
        return table.filterNot(predicate(fn), options)
      case 'mapValues':
        return table.mapValues(valueMapper(step), options)
      case 'transformValues':
        return table.transformValues(valueTransformerSupplier(step), { ...options, stores: storeNames(step) })
      case 'suppress':
        return table.suppress(suppressed(objectAt(step['suppressed'], 'suppressed')))
      case 'toStream':
        return fn === undefined ? table.toStream(named(step)) : table.toStream(keyValueFunction(fn), named(step))
      case 'groupBy':
        return table.groupBy(
          keyValueFunction(fn) as (key: unknown, value: unknown) => Pair,
          grouped(optionalObject(step, 'grouped')),
        )
      case 'join':
      case 'leftJoin':
      case 'outerJoin':
        return this.#joinTable(op, table, this.#object(textAt(step, 'other')) as AnyTable, step)
      default:
    }
    throw new UnsupportedError(`${op} of a table${'foreignKey' in step ? ' by a foreign key' : ''}`)
  }

  #joinTable(op: 'join' | 'leftJoin' | 'outerJoin', table: AnyTable, other: AnyTable, step: JsonObject): AnyTable {
    const options = { ...named(step), ...materialized(step) }
    if (!('foreignKey' in step)) {
      if (op === 'join') return table.join(other, joiner(step), options)
      if (op === 'leftJoin') return table.leftJoin(other, joiner(step), options)
      return table.outerJoin(other, joiner(step), options)
    }
    const extract = keyValueFunction(step['foreignKey'])
    const extractor = (value: unknown, key: unknown): unknown =>
      extract(step['foreignKeyWithKey'] === true ? key : null, value)
    const given = { ...options, ...tableJoined(optionalObject(step, 'tableJoined')) }
    return op === 'join'
      ? table.join(other, extractor, joiner(step), given)
      : table.leftJoin(other, extractor, joiner(step), given)
  }

  #onGroupedStream(op: string, group: KGroupedStream<unknown, unknown>, step: JsonObject): unknown {
    if (op === 'cogroup') return group.cogroup(aggregator(step['fn']))
    if (op !== 'windowedBy') return this.#onAggregatable(op, group, step)
    const windows = windowsOf(objectAt(step['windows'], 'windows'))
    const windowed = windows.kind === 'session' ? group.windowedBy(windows) : group.windowedBy(windows)
    const emit = optionalText(step, 'emit')
    return emit === undefined ? windowed : windowed.emitStrategy(emit as EmitStrategy)
  }

  #onSessionWindowed(op: string, group: SessionWindowedKStream<unknown, unknown>, step: JsonObject): unknown {
    const options = { ...named(step), ...materialized(step) }
    switch (op) {
      case 'count':
        return group.count(countOptions(options))
      case 'reduce': {
        const reduce = combiner(step['fn'])
        return group.reduce((aggregate, value) => reduce(null, aggregate, value), options)
      }
      case 'aggregate':
        return group.aggregate(initializer(step['init']), aggregator(step['fn']), combiner(step['merger']), options)
      default:
        throw new UnsupportedError(op)
    }
  }

  #onCogrouped(op: string, group: CogroupedKStream<unknown, unknown>, step: JsonObject): unknown {
    switch (op) {
      case 'cogroup':
        return group.cogroup(
          this.#object(textAt(step, 'other')) as KGroupedStream<unknown, unknown>,
          aggregator(step['fn']),
        )
      case 'aggregate':
        return group.aggregate(initializer(step['init']), { ...named(step), ...materialized(step) })
      case 'windowedBy': {
        const windows = windowsOf(objectAt(step['windows'], 'windows'))
        return windows.kind === 'session' ? group.windowedBy(windows) : group.windowedBy(windows)
      }
      default:
        throw new UnsupportedError(op)
    }
  }

  #onWindowedCogrouped(op: string, group: TimeWindowedCogroupedKStream<unknown, unknown>, step: JsonObject): unknown {
    if (op !== 'aggregate') throw new UnsupportedError(op)
    return group.aggregate(initializer(step['init']), { ...named(step), ...materialized(step) })
  }

  #onSessionWindowedCogrouped(
    op: string,
    group: SessionWindowedCogroupedKStream<unknown, unknown>,
    step: JsonObject,
  ): unknown {
    if (op !== 'aggregate') throw new UnsupportedError(op)
    const options = { ...named(step), ...materialized(step) }
    return group.aggregate(initializer(step['init']), combiner(step['merger']), options)
  }

  #onAggregatable(
    op: string,
    group: KGroupedStream<unknown, unknown> | TimeWindowedKStream<unknown, unknown>,
    step: JsonObject,
  ): unknown {
    const options = { ...named(step), ...materialized(step) }
    switch (op) {
      case 'count':
        return group.count(countOptions(options))
      case 'reduce': {
        const reduce = combiner(step['fn'])
        return group.reduce((aggregate, value) => reduce(null, aggregate, value), options)
      }
      case 'aggregate': {
        const aggregate = aggregator(step['fn'])
        return group.aggregate(initializer(step['init']), aggregate, options)
      }
      default:
        throw new UnsupportedError(op)
    }
  }

  #onGroupedTable(op: string, group: KGroupedTable<unknown, unknown>, step: JsonObject): unknown {
    const options = { ...named(step), ...materialized(step) }
    switch (op) {
      case 'count':
        return group.count(countOptions(options))
      case 'reduce': {
        const adder = combiner(step['adder'])
        const subtractor = combiner(step['subtractor'])
        return group.reduce(
          (aggregate, value) => adder(null, aggregate, value),
          (aggregate, value) => subtractor(null, aggregate, value),
          options,
        )
      }
      case 'aggregate':
        return group.aggregate(
          initializer(step['init']),
          aggregator(step['adder']),
          aggregator(step['subtractor']),
          options,
        )
      default:
        throw new UnsupportedError(op)
    }
  }
}

// Counts are numbers in ours; the bytes are the same.
function countOptions(options: Materialized): MaterializedOptions<unknown, number> & { name?: string } {
  const { value, ...rest } = options
  if (value !== undefined && value.name !== 'long') throw new UnsupportedError('count into another serde than long')
  return value === undefined ? rest : { ...rest, value: serdes.long }
}

function valueMapper(step: JsonObject): (value: unknown, key: unknown) => unknown {
  const apply = keyValueFunction(step['fn'])
  return step['withKey'] === true ? (value, key) => apply(key, value) : (value) => apply(null, value)
}

/** A joiner of a vector; without `withKey` it does not see the key. */
function joiner(step: JsonObject): (left: unknown, right: unknown, key: unknown) => unknown {
  const combine = combiner(step['fn'])
  return step['withKey'] === true
    ? (left, right, key) => combine(key, left, right)
    : (left, right) => combine(null, left, right)
}

function storeNames(step: JsonObject): readonly string[] {
  const stores = step['stores']
  return Array.isArray(stores) ? (stores as readonly string[]) : []
}

function joinedWith(other: unknown): string {
  if (other === undefined) return ''
  if (other instanceof KTable) return ' with a table'
  return other instanceof GlobalKTable ? ' with a global table' : ' with a stream'
}

function windowsOf(json: JsonObject): TimeWindows | UnlimitedWindows | SlidingWindows | SessionWindows {
  const type = textAt(json, 'type')
  const graceMs = optionalNumber(json, 'graceMs')
  switch (type) {
    case 'time': {
      const sizeMs = optionalNumber(json, 'sizeMs') ?? 0
      const windows =
        graceMs === undefined ? TimeWindows.ofSizeWithNoGrace(sizeMs) : TimeWindows.ofSizeAndGrace(sizeMs, graceMs)
      const advanceMs = optionalNumber(json, 'advanceMs')
      return advanceMs === undefined ? windows : windows.advanceBy(advanceMs)
    }
    case 'sliding': {
      const differenceMs = optionalNumber(json, 'differenceMs') ?? 0
      return graceMs === undefined
        ? SlidingWindows.ofTimeDifferenceWithNoGrace(differenceMs)
        : SlidingWindows.ofTimeDifferenceAndGrace(differenceMs, graceMs)
    }
    case 'session': {
      const gapMs = optionalNumber(json, 'gapMs') ?? 0
      return graceMs === undefined
        ? SessionWindows.ofInactivityGapWithNoGrace(gapMs)
        : SessionWindows.ofInactivityGapAndGrace(gapMs, graceMs)
    }
    case 'unlimited': {
      const startMs = optionalNumber(json, 'startMs')
      return startMs === undefined ? UnlimitedWindows.of() : UnlimitedWindows.of().startOn(startMs)
    }
    default:
      throw new UnsupportedError(`${type} windows`)
  }
}
