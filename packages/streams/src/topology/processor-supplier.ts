import type { FixedKeyProcessor, Processor } from '../processor/processor.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { AnyProcessor } from './topology-node.ts'
import { StreamsError } from '../errors.ts'

/**
 * Makes a new processor for each task: a function, or an object that also brings the stores the processor needs,
 * which are then added and connected.
 */
export type ProcessorSupplier<KIn, VIn, KOut = never, VOut = never> =
  | (() => Processor<KIn, VIn, KOut, VOut>)
  | {
      readonly create: () => Processor<KIn, VIn, KOut, VOut>
      readonly stores?: readonly StoreDefinition[]
    }

/** The same for processors that keep the key. */
export type FixedKeyProcessorSupplier<K, VIn, VOut = never> =
  | (() => FixedKeyProcessor<K, VIn, VOut>)
  | {
      readonly create: () => FixedKeyProcessor<K, VIn, VOut>
      readonly stores?: readonly StoreDefinition[]
    }

export interface ProcessorParts {
  readonly create: () => AnyProcessor
  readonly stores: readonly StoreDefinition[]
}

/** Takes a supplier apart. Throws when it hands out the same processor twice. */
export function processorParts<KIn, VIn, KOut, VOut>(
  supplier: ProcessorSupplier<KIn, VIn, KOut, VOut> | FixedKeyProcessorSupplier<KIn, VIn, VOut>,
): ProcessorParts {
  // Types of records are for the writer of the processor; nodes pass records on as unknown.
  const create = typeof supplier === 'function' ? supplier : supplier.create
  if (create() === create()) {
    throw new StreamsError(
      'The processor supplier returns one and the same processor: it must return a new object each time it is called, one for each task',
      { code: 'INVALID_ARGUMENT' },
    )
  }
  return { create, stores: typeof supplier === 'function' ? [] : (supplier.stores ?? []) }
}
