import type { StoreDefinition } from '../state/store-definition.ts'
import type { DefaultSerdes } from '../topology/topology-builder.ts'

/** Makes the definition of a store once the graph is written: only then default serdes are asked for. */
export type StoreFactory = (defaults: DefaultSerdes) => StoreDefinition
