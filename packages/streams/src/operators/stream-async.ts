import type { Serde } from '@streamwright/formats'
import { Headers, toBytes } from '@streamwright/formats'
import { AsyncCalls } from '../asynchronous/async-calls.ts'
import type { AsyncSettings } from '../asynchronous/async-options.ts'
import type { AsyncCall, AsyncProcessor } from '../asynchronous/async-processor.ts'
import { StreamsError } from '../errors.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'

/** What an asynchronous operator knows of the records it gets, where it is known. */
export interface AsyncSerdes<K, V> {
  readonly key: Serde<K> | undefined
  readonly value: Serde<V> | undefined
}

/** `processAsync`, and by it the other asynchronous operators: see docs/asynchronous-operators.md. */
export class StreamAsync<K, V, Result, K2, V2> implements Processor<K, V, K2, V2> {
  readonly #processor: AsyncProcessor<K, V, Result, K2, V2>
  readonly #settings: AsyncSettings
  readonly #serdes: AsyncSerdes<K, V>
  readonly #name: string
  #context!: OperatorContext<K2, V2>
  #calls!: AsyncCalls<Record<K, V>, Result>

  constructor(
    processor: AsyncProcessor<K, V, Result, K2, V2>,
    settings: AsyncSettings,
    serdes: AsyncSerdes<K, V>,
    name: string,
  ) {
    this.#processor = processor
    this.#settings = settings
    this.#serdes = serdes
    this.#name = name
  }

  init(context: ProcessorContext<K2, V2>): void {
    this.#context = operatorContext(context)
    this.#calls = new AsyncCalls<Record<K, V>, Result>({
      settings: this.#settings,
      environment: this.#context.environment,
      call: (record: Record<K, V>, call: AsyncCall) => this.#processor.call(record, call),
      complete: (record, result) => this.#processor.complete(record, result),
      onProgress: () => this.#context.progressed(),
    })
    this.#context.addPendingWork(this.#calls)
    this.#processor.init?.(context)
  }

  process(record: Record<K, V>): void {
    const own = this.#ownCopy(record)
    this.#calls.add(own, this.#context.captureRecordContext(), this.#orderKey(own.key))
  }

  close(): void {
    this.#processor.close?.()
  }

  /** The value may be a live one of a store, which changes in place while the call runs. */
  #ownCopy(record: Record<K, V>): Record<K, V> {
    const serde = this.#serdes.value
    const { value } = record
    if (serde === undefined || serde.immutable === true || typeof value !== 'object' || value === null) return record
    const headers = record.headersIfPresent ?? new Headers()
    const bytes = Buffer.from(toBytes(serde.serialize(value, this.#name, headers)))
    return new Record(
      record.key,
      serde.deserialize(bytes, this.#name, headers),
      record.timestamp,
      record.headersIfPresent,
    )
  }

  /** Keys are equal when their bytes are. Records without a key have no order. */
  #orderKey(key: K): unknown {
    if (this.#settings.order !== 'key' || key === null || key === undefined) return undefined
    if (typeof key !== 'object') return key
    const serde = this.#serdes.key
    if (serde !== undefined)
      return Buffer.from(toBytes(serde.serialize(key, this.#name, new Headers()))).toString('latin1')
    if (key instanceof Uint8Array) return Buffer.from(key).toString('latin1')
    throw new StreamsError(
      "The order of keys needs the keys' bytes, but no serde is known here. Give the operator `key`, or the order input or none",
      { code: 'MISSING_SERDE' },
    )
  }
}

/** `mapValuesAsync` as an asynchronous processor. */
export class AsyncMapValues<K, V, V2> implements AsyncProcessor<K, V, V2, K, V2> {
  readonly #mapper: (value: V, key: K, call: AsyncCall) => PromiseLike<V2> | V2
  #context!: ProcessorContext<K, V2>

  constructor(mapper: (value: V, key: K, call: AsyncCall) => PromiseLike<V2> | V2) {
    this.#mapper = mapper
  }

  init(context: ProcessorContext<K, V2>): void {
    this.#context = context
  }

  call(record: Record<K, V>, call: AsyncCall): PromiseLike<V2> | V2 {
    return this.#mapper(record.value, record.key, call)
  }

  complete(record: Record<K, V>, value: V2): void {
    this.#context.forward(record.withValue(value))
  }
}

/** `flatMapValuesAsync` as an asynchronous processor. */
export class AsyncFlatMapValues<K, V, V2> implements AsyncProcessor<K, V, Iterable<V2>, K, V2> {
  readonly #mapper: (value: V, key: K, call: AsyncCall) => PromiseLike<Iterable<V2>> | Iterable<V2>
  #context!: ProcessorContext<K, V2>

  constructor(mapper: (value: V, key: K, call: AsyncCall) => PromiseLike<Iterable<V2>> | Iterable<V2>) {
    this.#mapper = mapper
  }

  init(context: ProcessorContext<K, V2>): void {
    this.#context = context
  }

  call(record: Record<K, V>, call: AsyncCall): PromiseLike<Iterable<V2>> | Iterable<V2> {
    return this.#mapper(record.value, record.key, call)
  }

  complete(record: Record<K, V>, values: Iterable<V2>): void {
    for (const value of values) this.#context.forward(record.withValue(value))
  }
}
