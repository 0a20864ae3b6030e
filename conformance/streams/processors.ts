import type {
  FixedKeyProcessor,
  FixedKeyProcessorContext,
  FixedKeyProcessorSupplier,
  KeyValueStore,
  ProcessingContext,
  Processor,
  ProcessorContext,
  ProcessorSupplier,
  StateStore,
  StoreDefinition,
  ValueTransformer,
  ValueTransformerContext,
  ValueTransformerSupplier,
  WindowStore,
} from '@streamwright/streams'
import { Record } from '@streamwright/streams'
import { Headers } from '@streamwright/formats'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, objectAt, textAt } from '../json.ts'
import { GeneratedFailure, keyValueFunction } from './functions.ts'
import { headersForm } from './header-forms.ts'
import { runStoreCommand } from './store-commands.ts'
import { storeFrom } from './store-specs.ts'
import type { Trace } from './trace.ts'
import { UnsupportedError } from './unsupported.ts'
import { jsonText, num, str } from './values.ts'
import { optionalNumber, optionalText } from './vector.ts'

type AnyRecord = Record<unknown, unknown>
type Context = ProcessorContext<unknown, unknown>

/** What a processor of the catalogue does with each record. `state` is its own, one per task. */
interface Running {
  readonly json: JsonObject
  readonly context: Context
  readonly store: StateStore | undefined
  readonly trace: Trace
  readonly buffer: AnyRecord[]
  last: AnyRecord | undefined
}

type Behaviour = (record: AnyRecord, running: Running) => void

const behaviours: Readonly<globalThis.Record<string, Behaviour>> = {
  forward: (record, { context }) => context.forward(record),
  swallow: () => {},
  traceLifecycle(record, { json, trace, context }) {
    trace.add(textAt(json, 'id'), str(record.key), record.value)
    context.forward(record)
  },
  map(record, { json, context }) {
    const { key, value } = record
    let result = record
    if ('key' in json) result = result.withKey(keyValueFunction(json['key'])(key, value))
    if ('value' in json) result = result.withValue(keyValueFunction(json['value'])(key, value))
    const addTs = optionalNumber(json, 'addTs')
    context.forward(addTs === undefined ? result : result.withTimestamp(record.timestamp + addTs))
  },
  times(record, { json, context }) {
    for (let i = 0; i < (optionalNumber(json, 'n') ?? 0); i++) context.forward(record.withValue(str(record.value) + i))
  },
  route(record, { json, context }) {
    const route = objectAt(json['routes'], 'routes')[str(record.key)]
    if (typeof route === 'string') context.forward(record, route)
    else context.forward(record)
  },
  context: (record, { context }) => context.forward(record.withValue(contextText(context))),
  headers(record, { json, context }) {
    const headers = record.headers.copy()
    let result = headers
    for (const op of json['ops'] as readonly (readonly (string | null)[])[]) {
      if (op[0] === 'add') result.add(String(op[1]), op[2] as string | null)
      else if (op[0] === 'remove') result.remove(String(op[1]))
      else result = new Headers()
    }
    context.forward(record.withHeaders(result))
  },
  mutateHeaders(record, { json, context }) {
    context.forward(record)
    record.headers.add(textAt(json, 'name'), 'x')
    context.forward(record)
  },
  headersToValue: (record, { context }) => context.forward(record.withValue(jsonText(headersForm(record.headers)))),
  count(record, { context, store }) {
    const counts = store as KeyValueStore<unknown, unknown>
    const found = counts.get(record.key)
    const count = found === null ? 1n : num(found) + 1n
    counts.put(record.key, count)
    context.forward(record.withValue(count))
  },
  upsert(record, { json, context, store }) {
    const rows = store as KeyValueStore<unknown, unknown>
    if (record.value === null) rows.delete(record.key)
    else rows.put(record.key, record.value)
    if (json['silent'] !== true) context.forward(record)
  },
  dedupe(record, { json, context, store }) {
    const seen = store as WindowStore<unknown, unknown>
    const windowMs = optionalNumber(json, 'windowMs') ?? 0
    const { key, timestamp } = record
    const isKnown = [...seen.fetchRange(key, timestamp - windowMs, timestamp + windowMs)].length > 0
    if (isKnown) return
    seen.put(key, record.value, timestamp)
    context.forward(record)
  },
  enrich(record, { context, store }) {
    const found = (store as KeyValueStore<unknown, unknown>).get(record.key)
    // A timestamped store gives its rows with their timestamps.
    const row = isRecord(found) && 'value' in found && 'timestamp' in found ? found['value'] : found
    context.forward(record.withValue(`${str(record.value)}/${str(row)}`))
  },
  command(record, { json, context, store }) {
    const command: unknown = JSON.parse(String(record.value))
    const named = isRecord(command) ? context.getStateStore(textAt(command, 'store')) : store
    context.forward(record.withValue(commandResult(json, named, isRecord(command) ? command['cmd'] : command)))
  },
  getStore(record, { context }) {
    let result: string
    try {
      result = context.getStateStore(str(record.value)) === undefined ? 'null' : 'ok'
    } catch {
      result = 'org.apache.kafka.streams.errors.StreamsException'
    }
    context.forward(record.withValue(result))
  },
  buffer: (record, { buffer }) => void buffer.push(record),
  failIf(record, { json, context }) {
    if (str(record.value) === String(json['value'])) throw new GeneratedFailure(`boom ${String(json['value'])}`)
    context.forward(record)
  },
  forwardThenFail(record, { json, context }) {
    context.forward(record)
    if (str(record.value) === String(json['value'])) throw new GeneratedFailure('boom after forward')
  },
  requestCommit(record, { context }) {
    context.commit()
    context.forward(record)
  },
}

function commandResult(json: JsonObject, store: StateStore | undefined, command: unknown): string {
  try {
    return jsonText(runStoreCommand(store, command, String(json['keySerde']), String(json['valueSerde'])))
  } catch (error) {
    if (error instanceof UnsupportedError) throw error
    return jsonText({ error: error instanceof Error ? error.name : 'error' })
  }
}

function contextText(context: ProcessingContext): string {
  const metadata = context.recordMetadata
  return jsonText({
    applicationId: context.applicationId,
    taskId: `${context.taskId.subtopology}_${context.taskId.partition}`,
    metadata:
      metadata === undefined ? null : { topic: metadata.topic, partition: metadata.partition, offset: metadata.offset },
    streamTime: context.currentStreamTimeMs,
    wallClock: context.currentSystemTimeMs,
  })
}

function scheduleAll(running: Running, fixedKey: boolean): void {
  for (const schedule of listAt(running.json, 'schedules')) {
    let left = optionalNumber(schedule, 'times') ?? Number.POSITIVE_INFINITY
    const startTimeMs = optionalNumber(schedule, 'startMs')
    const cancellable = running.context.schedule(
      optionalNumber(schedule, 'intervalMs') ?? 0,
      schedule['time'] === 'wall' ? 'wall-clock-time' : 'stream-time',
      (timestampMs) => {
        punctuate(running, schedule, timestampMs, fixedKey)
        if (--left <= 0) cancellable.cancel()
      },
      startTimeMs === undefined ? {} : { startTimeMs },
    )
  }
}

function punctuate(running: Running, schedule: JsonObject, timestampMs: number, fixedKey: boolean): void {
  const { context, store, buffer, last } = running
  if (fixedKey) {
    if (last !== undefined) context.forward(last.withValue(`punct${timestampMs}`))
    return
  }
  const key = schedule['key']
  const at = Math.max(0, timestampMs)
  switch (optionalText(schedule, 'do') ?? 'forward') {
    case 'forward':
      return context.forward(new Record<unknown, unknown>(key, String(timestampMs), at))
    case 'context':
      return context.forward(new Record<unknown, unknown>(key, contextText(context), at))
    case 'dumpStore':
    case 'clearStore': {
      const rows = [...(store as KeyValueStore<unknown, unknown>).all()]
      for (const row of rows) context.forward(new Record(row.key, row.value, at))
      if (schedule['do'] === 'clearStore')
        for (const row of rows) (store as KeyValueStore<unknown, unknown>).delete(row.key)
      return
    }
    case 'flushBuffer':
      for (const record of buffer.splice(0)) context.forward(record)
      return
    case 'fail':
      throw new GeneratedFailure('boom in punctuator')
    default:
      throw new UnsupportedError(`schedule that does ${String(schedule['do'])}`)
  }
}

function behaviourOf(json: JsonObject): Behaviour {
  const proc = textAt(json, 'proc')
  const behaviour = Object.hasOwn(behaviours, proc) ? behaviours[proc] : undefined
  if (behaviour === undefined) throw new UnsupportedError(`processor ${proc}`)
  return behaviour
}

class CatalogueProcessor implements Processor<unknown, unknown, unknown, unknown> {
  readonly #json: JsonObject
  readonly #trace: Trace
  readonly #fixedKey: boolean
  readonly #behaviour: Behaviour
  #running: Running | undefined

  constructor(json: JsonObject, trace: Trace, fixedKey: boolean) {
    this.#json = json
    this.#trace = trace
    this.#fixedKey = fixedKey
    this.#behaviour = behaviourOf(json)
  }

  init(context: Context): void {
    const json = this.#json
    const name = optionalText(json, 'store') ?? optionalText(json, 'global')
    if (json['proc'] === 'traceLifecycle') this.#trace.add(textAt(json, 'id'), 'init', null)
    const store = name === undefined ? undefined : context.getStateStore(name)
    this.#running = { json, context, store, trace: this.#trace, buffer: [], last: undefined }
    scheduleAll(this.#running, this.#fixedKey)
  }

  process(record: AnyRecord): void {
    if (this.#running === undefined) throw new Error('The processor was not initialised')
    this.#running.last = record
    this.#behaviour(record, this.#running)
  }

  close(): void {
    if (this.#json['proc'] === 'traceLifecycle') this.#trace.add(textAt(this.#json, 'id'), 'close', null)
  }
}

function providedStores(json: JsonObject): readonly StoreDefinition[] {
  return listAt(json, 'provides').map(storeFrom)
}

/** The supplier of a step's processor, §7.1. */
export function processorSupplier(
  step: JsonObject,
  trace: Trace,
): ProcessorSupplier<unknown, unknown, unknown, unknown> {
  const json = objectAt(step['processor'], 'processor')
  behaviourOf(json)
  const single = json['sameInstance'] === true ? new CatalogueProcessor(json, trace, false) : undefined
  return { create: () => single ?? new CatalogueProcessor(json, trace, false), stores: providedStores(json) }
}

/** The same for `processValues`. */
export function fixedKeyProcessorSupplier(
  step: JsonObject,
  trace: Trace,
): FixedKeyProcessorSupplier<unknown, unknown, unknown> {
  const json = objectAt(step['processor'], 'processor')
  behaviourOf(json)
  return {
    create: () => withFixedKey(new CatalogueProcessor(json, trace, true)),
    stores: providedStores(json),
  }
}

function withFixedKey(inner: CatalogueProcessor): FixedKeyProcessor<unknown, unknown, unknown> {
  return {
    // The catalogue is for both kinds, which differ in their types alone.
    init: (context: FixedKeyProcessorContext<unknown, unknown>) => inner.init(context as unknown as Context),
    process: (record) => inner.process(record as unknown as AnyRecord),
    close: () => inner.close(),
  }
}

/** The supplier of a `transformValues` step: its own small catalogue of value transformers. */
export function valueTransformerSupplier(step: JsonObject): ValueTransformerSupplier<unknown, unknown, unknown> {
  const json = objectAt(step['processor'], 'processor')
  const proc = textAt(json, 'proc')
  switch (proc) {
    case 'map': {
      const apply = keyValueFunction(json['value'])
      return () => ({ transform: (value, key) => apply(key, value) })
    }
    case 'count':
      return () => new CountingTransformer(textAt(json, 'store'))
    case 'context':
      return () => new ContextTransformer()
    default:
      throw new UnsupportedError(`value transformer ${proc}`)
  }
}

class CountingTransformer implements ValueTransformer<unknown, unknown, unknown> {
  readonly #storeName: string
  #counts: KeyValueStore<unknown, unknown> | undefined

  constructor(storeName: string) {
    this.#storeName = storeName
  }

  init(context: ValueTransformerContext): void {
    this.#counts = context.getStateStore(this.#storeName)
  }

  transform(value: unknown, key: unknown): string {
    const found = this.#counts?.get(key) ?? null
    const count = found === null ? 1n : num(found) + 1n
    this.#counts?.put(key, count)
    return `${str(value)}#${count}`
  }
}

class ContextTransformer implements ValueTransformer<unknown, unknown, unknown> {
  #context: ValueTransformerContext | undefined

  init(context: ValueTransformerContext): void {
    this.#context = context
  }

  transform(value: unknown): string {
    const metadata = this.#context?.recordMetadata
    const { topic = 'null', partition = -1, offset = -1 } = metadata ?? {}
    return `${str(value)}|${topic}|${partition}|${offset}|${this.#context?.timestamp}`
  }
}
