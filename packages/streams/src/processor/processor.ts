import type { Record } from './record.ts'
import type { FixedKeyRecord } from './fixed-key-record.ts'
import type { FixedKeyProcessorContext, ProcessorContext } from './processor-context.ts'

/** One node of a topology at run time: called once for each record. Java: `api.Processor`. */
export interface Processor<KIn, VIn, KOut = never, VOut = never> {
  /** Called once, before the first record; the place to fetch stores and to schedule punctuations. */
  init?(context: ProcessorContext<KOut, VOut>): void
  process(record: Record<KIn, VIn>): void
  close?(): void
}

/** A processor that can change values but not keys, so that no repartitioning follows. Java: `FixedKeyProcessor`. */
export interface FixedKeyProcessor<K, VIn, VOut = never> {
  init?(context: FixedKeyProcessorContext<K, VOut>): void
  process(record: FixedKeyRecord<K, VIn>): void
  close?(): void
}
