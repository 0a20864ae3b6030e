import type { FixedKeyProcessor, Processor } from '../processor/processor.ts'
import { AssertionError, asError } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { FixedKeyRecord } from '../processor/fixed-key-record.ts'
import type { FixedKeyProcessorContext } from '../processor/processor-context.ts'
import type { Record } from '../processor/record.ts'
import type { Sensor } from '../metrics/sensor.ts'
import type { ProcessorDefinition } from '../topology/definition.ts'
import type { FailureHandling } from './failure-handling.ts'
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
  /** Of a node without children, where records end: their ages. */
  #age: Sensor | undefined
  readonly #failures: FailureHandling

  constructor(definition: ProcessorDefinition, host: NodeHost, failures: FailureHandling) {
    this.name = definition.name
    this.#processor = definition.create()
    this.#host = host
    this.#context = new NodeContext(host, this, definition)
    this.#failures = failures
  }

  /** Nothing follows this node. */
  endsHere(): void {
    this.#age = this.#host.metrics.latencyOf(this.name)
  }

  init(): void {
    try {
      this.#processor.init?.(this.#context as NodeContext & FixedKeyProcessorContext<unknown, unknown>)
    } catch (cause) {
      throw failedTo('initialize', this.name, cause)
    }
  }

  process(record: Record<unknown, unknown>): void {
    try {
      // A fixed key is a promise of types alone.
      this.#processor.process(record as Record<unknown, unknown> & FixedKeyRecord<unknown, unknown>)
    } catch (cause) {
      this.#failures.processingFailed(this.name, record, cause)
    }
    this.#age?.record(this.#host.processingTimeMs - record.timestamp)
  }

  /** Passes on a result that an asynchronous operator was waiting for. */
  complete(run: () => void): void {
    try {
      run()
    } catch (cause) {
      this.#failures.processingFailed(this.name, null, cause)
    }
  }

  close(): void {
    try {
      this.#processor.close?.()
    } catch (cause) {
      throw failedTo('close', this.name, cause)
    }
  }
}

function failedTo(what: string, name: string, cause: unknown): unknown {
  if (cause instanceof AssertionError) return cause
  return new StreamsError(`failed to ${what} processor ${name}: ${asError(cause).message}`, {
    code: 'PROCESSOR',
    cause,
  })
}
