import type { Serde } from '@streamwright/formats'
import { Headers, toBytes } from '@streamwright/formats'
import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import { Record } from '../processor/record.ts'
import { Instruction, combinedKey, combinedKeyPrefix } from '../serdes/foreign-key-messages.ts'
import type { Subscription, SubscriptionResponse } from '../serdes/foreign-key-messages.ts'
import { murmur3Hash128 } from '../serdes/murmur3.ts'
import type { KeyValueStore, ValueTimestampHeaders } from '../state/store.ts'
import { operatorContext } from './operator-context.ts'
import type { RowReader, TableView } from './table-view.ts'

/** A serde and the name it is told for a topic, which gets the application's prefix, as names of internal topics do. */
export interface NamedSerde<T> {
  readonly serde: Serde<T>
  readonly topic: string
}

/** The same, once the application is known. */
class TopicSerde<T> {
  readonly #serde: Serde<T>
  readonly #topic: string

  constructor({ serde, topic }: NamedSerde<T>, { applicationId }: { readonly applicationId: string }) {
    this.#serde = serde
    this.#topic = `${applicationId}-${topic}`
  }

  bytesOf(value: T): Buffer {
    return Buffer.from(toBytes(this.#serde.serialize(value, this.#topic, new Headers())))
  }

  valueOf(bytes: Buffer): T {
    return this.#serde.deserialize(bytes, this.#topic, new Headers())
  }
}

export interface SubscriptionSendOptions<K, V, FK> {
  readonly key: NamedSerde<K>
  readonly value: NamedSerde<V>
  readonly foreignKey: NamedSerde<FK>
  readonly extractor: (value: V, key: K) => FK | null
  readonly isLeft: boolean
  readonly ignoresLate: boolean
}

/** Left side: tells the right table which of its rows a row refers to now, and to which no longer. */
export class SubscriptionSend<K, V, FK> implements Processor<K, Change<V>, FK | null, Subscription> {
  readonly #options: SubscriptionSendOptions<K, V, FK>
  #context!: OperatorContext<FK | null, Subscription>
  #key!: TopicSerde<K>
  #value!: TopicSerde<V>
  #foreignKey!: TopicSerde<FK>

  constructor(options: SubscriptionSendOptions<K, V, FK>) {
    this.#options = options
  }

  init(context: ProcessorContext<FK | null, Subscription>): void {
    this.#context = operatorContext(context)
    this.#key = new TopicSerde(this.#options.key, context)
    this.#value = new TopicSerde(this.#options.value, context)
    this.#foreignKey = new TopicSerde(this.#options.foreignKey, context)
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value } = record
    const { extractor, ignoresLate, isLeft } = this.#options
    if (ignoresLate && !value.isLatest) return this.#context.recordDropped('late update of versioned rows')
    const { newValue, oldValue } = value
    const oldKey = oldValue === null ? null : extractor(oldValue, key)
    const newKey = newValue === null ? null : extractor(newValue, key)
    if (isLeft) this.#sendLeft(record, oldKey, newKey)
    else this.#sendInner(record, oldKey, newKey)
  }

  #sendLeft(record: Record<K, Change<V>>, oldKey: FK | null, newKey: FK | null): void {
    const { newValue, oldValue } = record.value
    if (newValue === null && oldValue === null) return
    if (oldKey !== null && !this.#isSame(oldKey, newKey)) this.#send(record, oldKey, Instruction.deleteKeyNoPropagate)
    this.#send(record, newKey, Instruction.propagateNullIfNoValue)
  }

  #sendInner(record: Record<K, Change<V>>, oldKey: FK | null, newKey: FK | null): void {
    if (newKey === null) {
      if (record.value.newValue !== null) this.#context.recordDropped('null foreign key')
      if (oldKey !== null) this.#send(record, oldKey, Instruction.deleteKeyAndPropagate)
    } else if (oldKey === null || this.#isSame(oldKey, newKey)) {
      this.#send(record, newKey, Instruction.propagateOnlyIfValue)
    } else {
      this.#send(record, oldKey, Instruction.deleteKeyNoPropagate)
      // What the old key has given must go, also when the new one gives nothing.
      this.#send(record, newKey, Instruction.propagateNullIfNoValue)
    }
  }

  #isSame(left: FK, right: FK | null): boolean {
    return right !== null && this.#foreignKey.bytesOf(left).equals(this.#foreignKey.bytesOf(right))
  }

  #send(record: Record<K, Change<V>>, foreignKey: FK | null, instruction: Instruction): void {
    const { newValue } = record.value
    const subscription = {
      hash: newValue === null ? null : murmur3Hash128(this.#value.bytesOf(newValue)),
      instruction,
      primaryKey: this.#key.bytesOf(record.key),
      primaryPartition: this.#context.recordMetadata?.partition ?? this.#context.taskId.partition,
    }
    this.#context.forward(new Record(foreignKey, subscription, record.timestamp, record.headersIfPresent?.copy()))
  }
}

/** Right side: keeps who refers to which row, for changes of the row to come. */
export class SubscriptionReceive<FK> implements Processor<FK | null, Subscription, FK | null, Subscription> {
  readonly #storeName: string
  readonly #foreignKeySerde: NamedSerde<FK>
  #foreignKey!: TopicSerde<FK>
  #context!: OperatorContext<FK | null, Subscription>
  #store!: KeyValueStore<Uint8Array, ValueTimestampHeaders<Subscription>>

  constructor(storeName: string, foreignKey: NamedSerde<FK>) {
    this.#storeName = storeName
    this.#foreignKeySerde = foreignKey
  }

  init(context: ProcessorContext<FK | null, Subscription>): void {
    this.#context = operatorContext(context)
    this.#foreignKey = new TopicSerde(this.#foreignKeySerde, context)
    this.#store = context.getStateStore(this.#storeName)
  }

  process(record: Record<FK | null, Subscription>): void {
    const { key, value, timestamp } = record
    const { instruction, primaryKey } = value
    if (key === null) {
      if (instruction !== Instruction.propagateNullIfNoValue) return this.#context.recordDropped('null foreign key')
    } else {
      const name = combinedKey(this.#foreignKey.bytesOf(key), primaryKey)
      const isDelete =
        instruction === Instruction.deleteKeyAndPropagate || instruction === Instruction.deleteKeyNoPropagate
      this.#store.put(name, isDelete ? null : { value, timestamp, headers: record.headers })
    }
    this.#context.forward(record)
  }
}

export interface ForeignRowOptions<K, FK, Row> {
  readonly key: NamedSerde<K>
  readonly row: NamedSerde<Row>
  readonly rows: TableView<FK, Row>
}

/** Right side: answers a subscription with the row it refers to. */
export class SubscriptionJoin<K, FK, Row> implements Processor<FK | null, Subscription, K, SubscriptionResponse> {
  readonly #options: ForeignRowOptions<K, FK, Row>
  #context!: ProcessorContext<K, SubscriptionResponse>
  #rows!: RowReader<FK, Row>
  #key!: TopicSerde<K>
  #row!: TopicSerde<Row>

  constructor(options: ForeignRowOptions<K, FK, Row>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, SubscriptionResponse>): void {
    this.#context = context
    this.#key = new TopicSerde(this.#options.key, context)
    this.#row = new TopicSerde(this.#options.row, context)
    this.#rows = this.#options.rows.open(context)
  }

  process(record: Record<FK | null, Subscription>): void {
    const { key, value, timestamp } = record
    const { hash, instruction, primaryKey, primaryPartition } = value
    if (instruction === Instruction.deleteKeyNoPropagate) return
    const row = key === null ? null : this.#rows.get(key)
    if (row === null && instruction === Instruction.propagateOnlyIfValue) return
    const sends = row !== null && instruction !== Instruction.deleteKeyAndPropagate
    const response = {
      hash,
      foreignValue: sends ? this.#row.bytesOf(row.value) : null,
      primaryPartition: primaryPartition < 0 ? undefined : primaryPartition,
    }
    const time = row === null ? timestamp : Math.max(timestamp, row.timestamp)
    const primary = this.#key.valueOf(primaryKey)
    this.#context.forward(new Record(primary, response, time, record.headersIfPresent?.copy()))
  }
}

export interface ForeignChangeOptions<K, FK, Row> {
  readonly key: NamedSerde<K>
  readonly foreignKey: NamedSerde<FK>
  readonly row: NamedSerde<Row>
  readonly storeName: string
  readonly ignoresLate: boolean
}

/** Right side: a row has changed, and everybody who refers to it hears of it. */
export class ForeignChange<K, FK, Row> implements Processor<FK, Change<Row>, K, SubscriptionResponse> {
  readonly #options: ForeignChangeOptions<K, FK, Row>
  #key!: TopicSerde<K>
  #foreignKey!: TopicSerde<FK>
  #row!: TopicSerde<Row>
  #context!: OperatorContext<K, SubscriptionResponse>
  #store!: KeyValueStore<Uint8Array, ValueTimestampHeaders<Subscription>>

  constructor(options: ForeignChangeOptions<K, FK, Row>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, SubscriptionResponse>): void {
    this.#context = operatorContext(context)
    this.#key = new TopicSerde(this.#options.key, context)
    this.#foreignKey = new TopicSerde(this.#options.foreignKey, context)
    this.#row = new TopicSerde(this.#options.row, context)
    this.#store = context.getStateStore(this.#options.storeName)
  }

  process(record: Record<FK, Change<Row>>): void {
    const { key, value, timestamp } = record
    if (key === null) return this.#context.recordDropped('null key')
    if (this.#options.ignoresLate && !value.isLatest)
      return this.#context.recordDropped('late update of versioned rows')
    const foreignValue = value.newValue === null ? null : this.#row.bytesOf(value.newValue)
    for (const subscription of this.#store.prefixScan(combinedKeyPrefix(this.#foreignKey.bytesOf(key)))) {
      const { hash, primaryKey, primaryPartition } = subscription.value.value
      const response = { hash, foreignValue, primaryPartition: primaryPartition < 0 ? undefined : primaryPartition }
      const primary = this.#key.valueOf(primaryKey)
      this.#context.forward(new Record(primary, response, timestamp, record.headersIfPresent?.copy()))
    }
  }
}

export interface ResponseResolveOptions<K, V, Row, R> {
  readonly rows: TableView<K, V>
  /** Of the values of the left table, for their hashes. */
  readonly value: NamedSerde<V>
  readonly row: NamedSerde<Row>
  readonly joiner: (key: K, value: V | null, row: Row | null) => R | null
  readonly isLeft: boolean
}

/** Left side: joins an answer with the row that asked, unless the row has changed since. */
export class ResponseResolve<K, V, Row, R> implements Processor<K, SubscriptionResponse, K, R | null> {
  readonly #options: ResponseResolveOptions<K, V, Row, R>
  #context!: OperatorContext<K, R | null>
  #rows!: RowReader<K, V>
  #value!: TopicSerde<V>
  #row!: TopicSerde<Row>

  constructor(options: ResponseResolveOptions<K, V, Row, R>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, R | null>): void {
    this.#context = operatorContext(context)
    this.#value = new TopicSerde(this.#options.value, context)
    this.#row = new TopicSerde(this.#options.row, context)
    this.#rows = this.#options.rows.open(context)
  }

  process(record: Record<K, SubscriptionResponse>): void {
    const { key, value } = record
    const { joiner, isLeft } = this.#options
    const current = this.#rows.get(key)
    const hash = current === null ? null : murmur3Hash128(this.#value.bytesOf(current.value))
    if (hash === null ? value.hash !== null : value.hash === null || !hash.equals(value.hash)) {
      return this.#context.recordDropped('the row has changed since it asked', true)
    }
    const row = value.foreignValue === null ? null : this.#row.valueOf(value.foreignValue)
    const isGone = row === null && (!isLeft || current === null)
    this.#context.forward(record.withValue(isGone ? null : joiner(key, current?.value ?? null, row)))
  }
}
