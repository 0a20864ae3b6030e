import { Headers } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import type { StreamsMetrics } from '../metrics/streams-metrics.ts'
import type {
  Cancellable,
  OperatorContext,
  PunctuationType,
  RecordMetadata,
  ScheduleOptions,
} from '../processor/processor-context.ts'
import type { TaskId } from '../processor/task-id.ts'
import type { ValueTransformerContext } from '../processor/value-transformer.ts'
import type { StateStore } from '../state/store.ts'

/** The context of a node, without what would let a transformer forward. Java: `ForwardingDisabledProcessorContext`. */
export class TransformerContext implements ValueTransformerContext {
  readonly #context: OperatorContext<never, never>

  constructor(context: OperatorContext<never, never>) {
    this.#context = context
  }

  get applicationId(): string {
    return this.#context.applicationId
  }

  get taskId(): TaskId {
    return this.#context.taskId
  }

  get keySerde(): Serde<unknown> | undefined {
    return this.#context.keySerde
  }

  get valueSerde(): Serde<unknown> | undefined {
    return this.#context.valueSerde
  }

  get appConfigs(): Readonly<{ [name: string]: unknown }> {
    return this.#context.appConfigs
  }

  appConfigsWithPrefix(prefix: string): Readonly<{ [name: string]: unknown }> {
    return this.#context.appConfigsWithPrefix(prefix)
  }

  get recordMetadata(): RecordMetadata | undefined {
    return this.#context.recordMetadata
  }

  get stateDirectory(): string {
    return this.#context.stateDirectory
  }

  get currentStreamTimeMs(): number {
    return this.#context.currentStreamTimeMs
  }

  get currentSystemTimeMs(): number {
    return this.#context.currentSystemTimeMs
  }

  get metrics(): StreamsMetrics {
    return this.#context.metrics
  }

  get timestamp(): number {
    return this.#context.currentRecord.timestamp
  }

  get headers(): Headers {
    return this.#context.currentRecord.headers?.copy() ?? new Headers()
  }

  getStateStore<S extends StateStore>(name: string): S {
    return this.#context.getStateStore<S>(name)
  }

  schedule(
    intervalMs: number,
    type: PunctuationType,
    punctuate: (timestampMs: number) => void,
    options?: ScheduleOptions,
  ): Cancellable {
    return this.#context.schedule(intervalMs, type, punctuate, options)
  }

  commit(): void {
    this.#context.commit()
  }
}
