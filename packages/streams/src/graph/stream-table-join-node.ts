import type { AnyProcessor } from '../topology/topology-node.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { StoreFactory } from './store-factory.ts'
import { StreamsError } from '../errors.ts'
import { GraphNode } from './graph-node.ts'

export interface StreamTableJoinOptions {
  readonly create: () => AnyProcessor
  /** The stores of the table. */
  readonly storeNames: readonly string[]
  /** With a grace: how long records wait, and where. */
  readonly buffer: { readonly graceMs: number; readonly store: StoreFactory } | undefined
}

/** A join of a stream with a table. With a grace, the table must be able to tell its past. */
export class StreamTableJoinNode extends GraphNode {
  readonly #options: StreamTableJoinOptions

  constructor(name: string, options: StreamTableJoinOptions) {
    super(name)
    this.#options = options
  }

  write(topology: TopologyBuilder): void {
    const { create, storeNames, buffer } = this.#options
    topology.addProcessor({ name: this.name, parents: this.parentNames(), create })
    topology.connectProcessorAndStateStores(this.name, storeNames)
    if (buffer === undefined) return
    for (const storeName of storeNames) checkHistory(topology, storeName, buffer.graceMs)
    topology.addStateStore(buffer.store(topology.defaults), [this.name])
  }
}

export function unversionedTable(): StreamsError {
  return new StreamsError('KTable must be versioned to use a grace period in a stream table join.', {
    code: 'INVALID_ARGUMENT',
  })
}

function checkHistory(topology: TopologyBuilder, storeName: string, graceMs: number): void {
  const definition = topology.stores.get(storeName)?.definition
  if (definition?.kind !== 'versionedKeyValue') throw unversionedTable()
  if (graceMs > definition.historyRetentionMs) {
    throw new StreamsError(
      `History retention must be at least grace period. The store ${storeName} keeps ${definition.historyRetentionMs} ms, the join waits ${graceMs} ms`,
      { code: 'INVALID_ARGUMENT' },
    )
  }
}
