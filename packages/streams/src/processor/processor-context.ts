import type { Environment } from '@streamwright/std'
import type { Serde } from '@streamwright/formats'
import type { PendingWork } from '../asynchronous/pending-work.ts'
import type { StreamsMetrics } from '../metrics/streams-metrics.ts'
import type { StateStore } from '../state/store.ts'
import type { CurrentRecordContext, RecordContext } from './record-context.ts'
import type { FixedKeyRecord } from './fixed-key-record.ts'
import type { Record } from './record.ts'
import type { TaskId } from './task-id.ts'

/** Where the record that is being processed came from. */
export interface RecordMetadata {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface Cancellable {
  cancel(): void
}

/** `stream-time` advances with the timestamps of records, `wall-clock-time` with the clock. */
export type PunctuationType = 'stream-time' | 'wall-clock-time'

export interface ScheduleOptions {
  /** Anchors the grid of firing times (KIP-1146). Default: stream time 0, or now for wall-clock time. */
  readonly startTimeMs?: number
}

/** What a processor may ask of the task it runs in. Java: `ProcessingContext`. */
export interface ProcessingContext {
  readonly applicationId: string
  readonly taskId: TaskId
  /** The topology's default serdes: those that its builder was given. */
  readonly keySerde: Serde<unknown> | undefined
  readonly valueSerde: Serde<unknown> | undefined
  /** The configuration as the application gave it, settings of its own included. */
  readonly appConfigs: Readonly<{ [name: string]: unknown }>
  /** Those of the configuration whose names begin so, without the prefix. */
  appConfigsWithPrefix(prefix: string): Readonly<{ [name: string]: unknown }>
  /** Undefined inside punctuations. */
  readonly recordMetadata: RecordMetadata | undefined
  /** Directory of this task for stores that keep files. */
  readonly stateDirectory: string
  readonly currentStreamTimeMs: number
  readonly currentSystemTimeMs: number
  /** A store that was connected to this processor, or any global store (read only). */
  getStateStore<S extends StateStore>(name: string): S
  schedule(
    intervalMs: number,
    type: PunctuationType,
    punctuate: (timestampMs: number) => void,
    options?: ScheduleOptions,
  ): Cancellable
  /** Makes sensors of the processor's own. */
  readonly metrics: StreamsMetrics
  /** Asks for a commit soon; it happens after the record, not in this call. */
  commit(): void
}

export interface ProcessorContext<KOut, VOut> extends ProcessingContext {
  /** Calls the child nodes, depth first, in the order in which they were added; or only the one named. */
  forward(record: Record<KOut, VOut>, childName?: string): void
}

/** The same for processors that keep the key: they forward what they got, with another value at most. */
export interface FixedKeyProcessorContext<K, VOut> extends ProcessingContext {
  forward(record: FixedKeyRecord<K, VOut>, childName?: string): void
}

/**
 * What the operators of the DSL may ask beyond the public context. One object per processor node.
 */
export interface OperatorContext<KOut, VOut> extends ProcessorContext<KOut, VOut> {
  /**
   * Counts a record that was left out on purpose (late, null key): `dropped-records-total`. The first of each reason is
   * logged, unless it is in the nature of things.
   */
  recordDropped(reason: string, isNatural?: boolean): void
  /** A number the task commits beside its offsets, under a name of the operator's own; undefined until it is set. */
  processorMetadata(name: string): number | undefined
  setProcessorMetadata(name: string, value: number): void
  readonly environment: Environment
  /** A global store as it is: for operators, which only read it. */
  globalStore(name: string): StateStore
  /** Where the record came from that is being processed, to go on with it later. */
  captureRecordContext(): RecordContext
  /** The same, as it changes. Whoever changes it sets it back. */
  readonly currentRecord: CurrentRecordContext
  /** Registers work that outlives `process`; the task commits only when none is left. */
  addPendingWork(work: PendingWork): void
  /** Such work has moved on: it may have a result to pass on. */
  progressed(): void
  /** Overrides of configuration known at build time live in the operator; this is the application's own. */
  readonly config: Readonly<{ [name: string]: unknown }>
}
