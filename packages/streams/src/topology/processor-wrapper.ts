import type { FixedKeyProcessor, Processor } from '../processor/processor.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import { processorParts } from './processor-supplier.ts'
import type { FixedKeyProcessorSupplier, ProcessorParts, ProcessorSupplier } from './processor-supplier.ts'

/** What a wrapper gets: makes the processor of a node, and says which stores it brings (operators of the DSL: none). */
export interface WrappableSupplier<P> {
  readonly create: () => P
  readonly stores: readonly StoreDefinition[]
}

/**
 * Puts something around every processor of a topology, the user's and the operators' of the DSL, such as timing, tracing
 * or a store that each node gets. Names and the description of the topology stay as they are. Processors of global and
 * of read-only stores are not wrapped. Java: `ProcessorWrapper` (KIP-1112), `processor.wrapper.class`.
 *
 * What a wrapper returns brings the stores that it names, or else those of the supplier. It hands on `init` with the
 * context that it got: operators of the DSL take no other.
 */
export interface ProcessorWrapper {
  /** `name` is the node's. */
  wrapProcessorSupplier?(
    name: string,
    supplier: WrappableSupplier<AnyTypeProcessor>,
  ): ProcessorSupplier<unknown, unknown, unknown, unknown>
  /** For processors that keep the key: `processValues`. */
  wrapFixedKeyProcessorSupplier?(
    name: string,
    supplier: WrappableSupplier<FixedKeyProcessor<unknown, unknown, unknown>>,
  ): FixedKeyProcessorSupplier<unknown, unknown, unknown>
}

/** A wrapper is for processors of all types of records, so that it knows none of them. */
type AnyTypeProcessor = Processor<unknown, unknown, unknown, unknown>

/** A processor of a node with its wrapping, and the stores that come with it. */
export function wrapped(
  wrapper: ProcessorWrapper | undefined,
  name: string,
  parts: ProcessorParts,
  fixedKey: boolean,
): ProcessorParts {
  // Of which kind a processor is, its node says.
  const supplier = fixedKey
    ? wrapper?.wrapFixedKeyProcessorSupplier?.(
        name,
        parts as WrappableSupplier<FixedKeyProcessor<unknown, unknown, unknown>>,
      )
    : wrapper?.wrapProcessorSupplier?.(name, parts as WrappableSupplier<AnyTypeProcessor>)
  if (supplier === undefined) return parts
  const { create, stores } = processorParts(supplier)
  const saysStores = typeof supplier !== 'function' && supplier.stores !== undefined
  return { create, stores: saysStores ? stores : parts.stores }
}
