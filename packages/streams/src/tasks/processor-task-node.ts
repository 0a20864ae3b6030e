import type { Log } from '@streamwright/std'
import type { FixedKeyProcessor, Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import type { Sensor } from '../metrics/sensor.ts'
import type { ProcessorDefinition } from '../topology/definition.ts'
import { RecordError, handleFailure } from './error-handling.ts'
import type { FailurePolicy } from './error-handling.ts'
import type { NodeHost } from './node-context.ts'
import { NodeContext } from './node-context.ts'
import type { TaskNode } from './task-node.ts'

/** A processor in a task: the user's, or an operator of the DSL. */
export class ProcessorTaskNode implements TaskNode {
  readonly name: string
  readonly children: TaskNode[] = []
  readonly #processor: Processor<unknown, unknown, unknown, unknown> | FixedKeyProcessor<unknown, unknown, unknown>
  readonly #host: NodeHost
  readonly #context: NodeContext
  readonly #policy: FailurePolicy
  readonly #log: Log
  /** Of a node without children, where records end: their ages. */
  #age: Sensor | undefined

  constructor(definition: ProcessorDefinition, host: NodeHost, policy: FailurePolicy, log: Log) {
    this.name = definition.name
    this.#processor = definition.create()
    this.#host = host
    this.#context = new NodeContext(host, this, definition.stores, definition.fixedKey)
    this.#policy = policy
    this.#log = log
  }

  /** Nothing follows this node. */
  endsHere(): void {
    this.#age = this.#host.metrics.latencyOf(this.name)
  }

  init(): void {
    this.#processor.init?.(this.#context)
  }

  process(record: Record<unknown, unknown>): void {
    try {
      this.#processor.process(record)
    } catch (cause) {
      this.#failed(cause)
    }
    this.#age?.record(this.#host.processingTimeMs - record.timestamp)
  }

  /** Passes on a result that an asynchronous operator was waiting for. */
  complete(run: () => void): void {
    try {
      run()
    } catch (cause) {
      this.#failed(cause)
    }
  }

  close(): void {
    this.#processor.close?.()
  }

  /** What a node further down has judged already passes as it is. */
  #failed(cause: unknown): void {
    if (cause instanceof RecordError) throw cause
    const remedy = 'Fix the processor, or set processing.exception.handler to logAndContinue'
    const error = new RecordError(
      `Processor ${this.name} failed`,
      'PROCESSING_FAILED',
      this.#host.context,
      cause,
      remedy,
    )
    handleFailure(this.#policy, error, this.#log, (failed) => this.#host.deadLetter(failed))
    this.#host.recordDropped('processing failed')
  }
}
