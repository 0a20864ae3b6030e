import type { Serde } from '@streamwright/formats'
import type { AsyncOptions } from '../asynchronous/async-options.ts'
import { asyncSettings } from '../asynchronous/async-options.ts'
import type { AsyncProcessorSupplier } from '../asynchronous/async-processor.ts'
import { StreamsError } from '../errors.ts'
import type { GraphNode } from '../graph/graph-node.ts'
import { StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { StreamAsync } from '../operators/stream-async.ts'
import type { StreamPlace } from './inner.ts'
import type { NamedOptions } from './options.ts'

/** Options of the operators that call something and wait. */
export interface AsyncOperatorOptions<K> extends NamedOptions, AsyncOptions {
  /** For order `key`, where keys are objects and no serde is known from above. */
  readonly key?: Serde<NonNullable<K>>
}

/** Options of `processAsync`. */
export interface ProcessAsyncOptions<K> extends AsyncOperatorOptions<K> {
  /** Names of stores that were added to the builder. */
  readonly stores?: readonly string[]
}

/** Adds the node of an asynchronous operator below a stream. */
export function addAsyncNode<K, V, Result, K2, V2>(
  place: StreamPlace,
  prefix: string,
  supplier: AsyncProcessorSupplier<K, V, Result, K2, V2>,
  options: ProcessAsyncOptions<K>,
): GraphNode {
  const { builder } = place
  const settings = asyncSettings(options)
  const name = builder.names.named(options.name, prefix)
  const create = typeof supplier === 'function' ? supplier : supplier.create
  if (create() === create()) {
    throw new StreamsError(
      'The supplier returns one and the same asynchronous processor: it must return a new object each time it is called',
      { code: 'INVALID_ARGUMENT' },
    )
  }
  const { defaults } = builder.options
  // Records are typed where the operators are made; the graph keeps serdes and nodes as unknown.
  const serdes = { key: options.key ?? place.key ?? defaults.key, value: place.value ?? defaults.value }
  const node = new StatefulProcessorNode(name, {
    create: () => new StreamAsync(create(), settings, serdes, name),
    storeNames: options.stores ?? [],
    providedStores: typeof supplier === 'function' ? [] : (supplier.stores ?? []),
  })
  builder.addNode([place.node], node)
  return node
}
