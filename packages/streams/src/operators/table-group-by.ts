import type { Serde } from '@streamwright/formats'
import type { KeyValuePair } from '../dsl/functions.ts'
import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import { Headers, toBytes } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'

type Selector<K, V, K2, V2> = (key: K, value: V) => KeyValuePair<K2, V2> | null

export interface TableGroupByOptions<K, V, K2, V2> {
  readonly selector: Selector<K, V, K2, V2>
  /** Keys are equal when their bytes are. */
  readonly keySerde: () => Serde<K2>
  readonly useVersionedSemantics: boolean
}

// Java up to 3.4 cannot read one record that carries both the old and the new value (KIP-904).
const versionsWithoutPairs = /^(0\.|1\.|2\.|3\.[0-4]$)/

/** `groupBy` of a table: what a row was goes to its old group, what it has become to its new one. */
export class TableGroupBy<K, V, K2, V2> implements Processor<K, Change<V>, K2, Change<V2>> {
  readonly #options: TableGroupByOptions<K, V, K2, V2>
  #context!: OperatorContext<K2, Change<V2>>
  #mayPair = true

  constructor(options: TableGroupByOptions<K, V, K2, V2>) {
    this.#options = options
  }

  init(context: ProcessorContext<K2, Change<V2>>): void {
    this.#context = operatorContext(context)
    const upgradeFrom = this.#context.config['upgrade.from'] ?? this.#context.config['upgradeFrom']
    this.#mayPair = !(typeof upgradeFrom === 'string' && versionsWithoutPairs.test(upgradeFrom))
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value } = record
    if (key === null) throw new StreamsError('Record key for the grouping KTable should not be null.')
    // The row has its later value already. Java does not count it as dropped here.
    if (this.#options.useVersionedSemantics && !value.isLatest) return
    const newPair = this.#select(key, value.newValue)
    const oldPair = this.#select(key, value.oldValue)
    if (newPair !== null && oldPair !== null && this.#mayPair && this.#isSameKey(oldPair[0], newPair[0])) {
      this.#forward(record, oldPair[0], change(newPair[1], oldPair[1]))
      return
    }
    if (oldPair !== null) this.#forward(record, oldPair[0], change<V2>(null, oldPair[1]))
    if (newPair !== null) this.#forward(record, newPair[0], change<V2>(newPair[1], null))
  }

  #select(key: K, value: V | null): KeyValuePair<K2, V2> | null {
    if (value === null) return null
    const pair = this.#options.selector(key, value)
    return pair === null || pair[0] === null || pair[1] === null ? null : pair
  }

  #isSameKey(left: K2, right: K2): boolean {
    if (left === right) return true
    if (typeof left !== 'object') return false
    const serde = this.#options.keySerde()
    const bytesOf = (key: K2): Buffer => toBytes(serde.serialize(key, '', new Headers()))
    return bytesOf(left).equals(bytesOf(right))
  }

  #forward(origin: Record<K, Change<V>>, key: K2, value: Change<V2>): void {
    this.#context.forward(new Record(key, value, origin.timestamp, origin.headersIfPresent?.copy()))
  }
}
