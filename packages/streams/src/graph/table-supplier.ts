import type { TableView } from '../operators/table-view.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'

/**
 * What makes the processor of a table, and what the builder may still ask of it while the topology grows.
 */
export interface TableSupplier {
  /** Makes the processor of one task; called after the topology was built, so that all wishes are known. */
  create(): AnyProcessor
  /** How other operators read the rows. A source table is kept from then on. */
  view(): TableView<unknown, unknown>
  /** Name of the store that holds the rows; undefined while they are not materialised. */
  readonly storeName: string | undefined
  /**
   * Asks for the old value beside each new one. `force` materialises a source table for it; without, the answer is
   * false when nothing upstream keeps the rows.
   */
  enableSendingOldValues(force: boolean): boolean
}
