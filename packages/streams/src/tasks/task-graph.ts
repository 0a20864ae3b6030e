import { present } from '@streamwright/std'
import type { NodeDefinition, SourceDefinition } from '../topology/definition.ts'
import { matchesWhole } from '../topology/topic-pattern.ts'
import type { FailureHandling } from './failure-handling.ts'
import type { NodeHost } from './node-context.ts'
import { ProcessorTaskNode } from './processor-task-node.ts'
import type { RecordCollector } from './record-collector.ts'
import { SinkTaskNode } from './sink-task-node.ts'
import { SourceTaskNode } from './source-task-node.ts'
import type { TaskNode } from './task-node.ts'

export interface TaskSource {
  readonly definition: SourceDefinition
  readonly node: SourceTaskNode
}

/** The nodes of one task, instantiated from their definitions and linked. */
export class TaskGraph {
  readonly sources: readonly TaskSource[]
  readonly #processors: readonly ProcessorTaskNode[]

  constructor(
    definitions: readonly NodeDefinition[],
    host: NodeHost,
    collector: RecordCollector | undefined,
    failures: FailureHandling,
  ) {
    const nodes = new Map<string, TaskNode>()
    const sources: TaskSource[] = []
    const processors: ProcessorTaskNode[] = []
    for (const definition of definitions) {
      let node: TaskNode
      if (definition.kind === 'source') {
        const source = new SourceTaskNode(definition.name)
        sources.push({ definition, node: source })
        node = source
      } else if (definition.kind === 'processor') {
        const processor = new ProcessorTaskNode(definition, host, failures)
        processors.push(processor)
        node = processor
      } else node = new SinkTaskNode(definition, host, present(collector, 'A task with sinks writes'), failures)
      nodes.set(definition.name, node)
      if (definition.kind === 'source') continue
      for (const parent of definition.parents) {
        present(nodes.get(parent), `Node ${definition.name} comes after its parent ${parent}`).children.push(node)
      }
    }
    for (const processor of processors) if (processor.children.length === 0) processor.endsHere()
    this.sources = sources
    this.#processors = processors
  }

  init(): void {
    for (const processor of this.#processors) processor.init()
  }

  close(): void {
    for (const processor of this.#processors) processor.close()
  }

  sourceOf(topic: string): TaskSource | undefined {
    return this.sources.find(({ definition: { topics } }) =>
      // The test driver has one partition for all that a pattern matches, named after it.
      topics instanceof RegExp ? matchesWhole(topics, topic) || topics.source === topic : topics.includes(topic),
    )
  }
}
