import { serdes } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import { ForeignKeyJoinNode } from '../graph/foreign-key-join-node.ts'
import type { ForeignKeyProcessors } from '../graph/foreign-key-join-node.ts'
import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import {
  ForeignChange,
  ResponseResolve,
  SubscriptionJoin,
  SubscriptionReceive,
  SubscriptionSend,
} from '../operators/foreign-key-join.ts'
import type { NamedSerde } from '../operators/foreign-key-join.ts'
import type { TableView } from '../operators/table-view.ts'
import { TableSource } from '../operators/table-source.ts'
import { subscriptionResponseSerde, subscriptionSerde } from '../serdes/foreign-key-messages.ts'
import type { SubscriptionResponse } from '../serdes/foreign-key-messages.ts'
import { isPersistent } from '../state/store-definition.ts'
import type { KeyValueStoreDefinition, StoreEngine } from '../state/store-definition.ts'
import { StreamsError } from '../errors.ts'
import type { StreamPartitioner } from '../topology/definition.ts'
import type { DefaultSerdes } from '../topology/topology-builder.ts'
import { requireSerde } from '../topology/require-serde.ts'
import type { AnyJoiner } from './functions.ts'
import type { TablePlace } from './inner.ts'
import { isVersioned, keyValueStore, materialize } from './materialized.ts'
import type { MaterializedOptions, TableJoinedOptions } from './options.ts'
import { SourceTableSupplier } from './table-suppliers.ts'
import type { KTable } from './table.ts'

const prefix = 'KTABLE-FK-JOIN-'
const subscription = `${prefix}SUBSCRIPTION-`

/** `join` and `leftJoin` of a table by a foreign key. Java: `KTableImpl.doJoinOnForeignKey`. */
export function joinByForeignKey<K, Result>(
  left: TablePlace,
  right: TablePlace,
  extractor: (value: unknown, key: unknown) => unknown,
  joiner: AnyJoiner,
  isLeft: boolean,
  options: TableJoinedOptions & MaterializedOptions<K, Result>,
): KTable<K, Result> {
  const { builder } = left
  const { name, partitioner, otherPartitioner } = options
  right.supplier.enableSendingOldValues(true)
  left.supplier.enableSendingOldValues(true)
  const [leftView, rightView] = [left.supplier.view(), right.supplier.view()]
  const names = joinNames(builder, name)
  const given = options as MaterializedOptions<unknown, unknown>
  const inherited = { key: left.key, value: undefined }
  // The rows are kept when they have a name, or when somebody needs them; the number is used up in any case.
  const materialization = materialize(builder, given, `${prefix}OUTPUT-`, inherited)
  const { isQueryable } = materialization
  builder.copartition(new Set([...right.sources, names.source]))
  builder.copartition(new Set([...left.sources, names.responseSource]))
  const ignoresLate = { left: false, right: false }
  const join: Join = { left, right, names, extractor, joiner, isLeft, leftView, rightView, ignoresLate }
  const supplier = new SourceTableSupplier(
    (sendOldValues, store) => new TableSource({ storeName: store, sendOldValues }),
    materialization.storeName,
    isQueryable,
  )
  const node = new ForeignKeyJoinNode(names.output, {
    left: left.node,
    right: right.node,
    names,
    subscriptions: {
      topic: names.subscriptionTopic,
      sinkName: names.sink,
      sourceName: names.source,
      value: subscriptionSerde,
      partitioner: toOnePartition(otherPartitioner),
    },
    responses: {
      topic: names.responseTopic,
      sinkName: names.responseSink,
      sourceName: names.responseSource,
      value: subscriptionResponseSerde,
      partitioner: toOnePartition(partitioner) ?? toPrimaryPartition,
    },
    subscriptionStore: subscriptionStore(names.store, builder.options.storeEngine, builder.options.storeFormat),
    leftStoreNames: leftView.storeNames,
    rightStoreNames: rightView.storeNames,
    processors: (defaults) => ({ ...processorsOf(join, defaults), output: () => supplier.create() }),
    store: keyValueStore(builder, materialization, `Join ${names.output}`),
    isKept: () => supplier.storeName !== undefined,
  })
  node.isOutputVersioned = isVersioned(materialization)
  node.onVersionedParent = (parentName) => {
    if (parentName === left.node.name) ignoresLate.left = true
    if (parentName === right.node.name) ignoresLate.right = true
  }
  builder.addNode([left.node, right.node], node)
  return builder.dsl.table<K, Result>({
    builder,
    node,
    name: names.output,
    key: materialization.key,
    value: materialization.value,
    sources: new Set([...left.sources, names.responseSource]),
    // Java tells a name here also where the rows are not kept.
    queryableStoreName: materialization.storeName,
    supplier,
  })
}

interface JoinNames {
  readonly subscriptionTopic: string
  readonly send: string
  readonly sink: string
  readonly source: string
  readonly store: string
  readonly receive: string
  readonly join: string
  readonly change: string
  readonly responseTopic: string
  readonly responseSink: string
  readonly responseSource: string
  readonly resolve: string
  readonly output: string
}

// In Java's order, since each generated name uses up a number.
function joinNames({ names }: GraphBuilder, name: string | undefined): JoinNames {
  const subscriptionTopic = `${names.suffixed(name, '-subscription-registration', `${subscription}REGISTRATION-`)}-topic`
  const send = names.suffixed(name, '-subscription-registration-processor', `${subscription}REGISTRATION-`)
  const sink = names.suffixed(name, '-subscription-registration-sink', 'KTABLE-SINK-')
  const source = names.suffixed(name, '-subscription-registration-source', 'KTABLE-SOURCE-')
  const generatedStore = names.store(subscription)
  return {
    subscriptionTopic,
    send,
    sink,
    source,
    store: name === undefined ? generatedStore : `${name}-subscription-store`,
    receive: names.suffixed(name, '-subscription-receive', `${subscription}PROCESSOR-`),
    join: names.suffixed(name, '-subscription-join-foreign', `${subscription}PROCESSOR-`),
    change: names.suffixed(name, '-foreign-join-subscription', `${subscription}PROCESSOR-`),
    responseTopic: `${names.suffixed(name, '-subscription-response', `${subscription}RESPONSE-`)}-topic`,
    responseSink: names.suffixed(name, '-subscription-response-sink', 'KTABLE-SINK-'),
    responseSource: names.suffixed(name, '-subscription-response-source', 'KTABLE-SOURCE-'),
    resolve: names.suffixed(name, '-subscription-response-resolver', `${subscription}RESPONSE-RESOLVER-PROCESSOR-`),
    output: names.suffixed(name, '-result', `${prefix}OUTPUT-`),
  }
}

interface Join {
  readonly left: TablePlace
  readonly right: TablePlace
  readonly names: JoinNames
  readonly extractor: (value: unknown, key: unknown) => unknown
  readonly joiner: AnyJoiner
  readonly isLeft: boolean
  readonly leftView: TableView<unknown, unknown>
  readonly rightView: TableView<unknown, unknown>
  /** Whether late updates of versioned tables are ignored: known only when all of the graph is. */
  readonly ignoresLate: { left: boolean; right: boolean }
}

function processorsOf(fields: Join, defaults: DefaultSerdes): Omit<ForeignKeyProcessors, 'output'> {
  const { left, right, names, extractor, joiner, isLeft, leftView, rightView, ignoresLate } = fields
  const owner = `Foreign-key join ${names.output}`
  const named = (serde: Serde<unknown> | undefined, kind: 'key' | 'value', suffix: string): NamedSerde<unknown> => ({
    serde: requireSerde(serde ?? defaults[kind], owner, kind),
    topic: `${names.subscriptionTopic}-${suffix}`,
  })
  const key = named(left.key, 'key', 'pk')
  const foreignKey = named(right.key, 'key', 'fk')
  const value = named(left.value, 'value', 'vh')
  // Rows travel in the answers.
  const row = { serde: named(right.value, 'value', '').serde, topic: names.responseTopic }
  const storeName = names.store
  return {
    foreignKey: foreignKey.serde,
    primaryKey: key.serde,
    send: () => new SubscriptionSend({ key, value, foreignKey, extractor, isLeft, ignoresLate: ignoresLate.left }),
    receive: () => new SubscriptionReceive(storeName, foreignKey),
    join: () => new SubscriptionJoin({ key, row, rows: rightView }),
    change: () => new ForeignChange({ key, foreignKey, row, storeName, ignoresLate: ignoresLate.right }),
    resolve: () =>
      new ResponseResolve({
        rows: leftView,
        value,
        row,
        joiner: (recordKey, own, other) => joiner(own, other, recordKey),
        isLeft,
      }),
  }
}

/** Answers go back to where the row lives, however the left topic is partitioned. */
const toPrimaryPartition: StreamPartitioner = (_topic, _key, response) => {
  const { primaryPartition } = response as SubscriptionResponse
  return primaryPartition === undefined ? undefined : [primaryPartition]
}

// Partitioners are asked by the key alone. A subscription has one place, and so has an answer: with several, rows would be joined more than once.
function toOnePartition(partitioner: StreamPartitioner | undefined): StreamPartitioner | undefined {
  if (partitioner === undefined) return undefined
  return (topic, key, _message, partitionCount) => {
    const partitions = partitioner(topic, key, null, partitionCount)
    if (partitions !== undefined && partitions.length !== 1) {
      throw new StreamsError(
        `A partitioner of a foreign-key join gave ${partitions.length} partitions of ${topic}. Let it give exactly one, or undefined for the default`,
      )
    }
    return partitions
  }
}

function subscriptionStore(name: string, engine: StoreEngine, format: 'DEFAULT' | 'HEADERS'): StoreFactory {
  const definition: KeyValueStoreDefinition = {
    kind: 'keyValue',
    name,
    engine,
    caching: false,
    logging: {},
    timestamped: true,
    // The changelog has the headers of the records; a persistent store of the default format forgets them.
    withHeaders: true,
    keeps: isPersistent(engine) && format !== 'HEADERS' ? 'timestamp' : 'headers',
    key: serdes.bytes,
    value: subscriptionSerde,
  }
  // One and the same for both processors that use it.
  return () => definition
}
