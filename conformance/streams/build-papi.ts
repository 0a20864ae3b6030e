import type { Processor } from '@streamwright/streams'
import { Topology } from '@streamwright/streams'
import type { SinkOptions, SourceOptions } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { objectAt, textAt } from '../json.ts'
import { offsetReset } from './parameters.ts'
import { processorSupplier } from './processors.ts'
import { serdeIfNamed } from './serde-names.ts'
import { storeFrom } from './store-specs.ts'
import { partitioner, timestampExtractor, topicExtractor } from './time-and-routing.ts'
import type { Trace } from './trace.ts'
import { UnsupportedError } from './unsupported.ts'
import type { Vector } from './vector.ts'
import { optionalText } from './vector.ts'

/** Applies the steps of a `papi` vector to a topology. */
export function buildPapi(vector: Vector, trace: Trace): Topology {
  const topology = new Topology(
    present({
      key: serdeIfNamed(vector.config['default.key.serde']),
      value: serdeIfNamed(vector.config['default.value.serde']),
    }),
  )
  for (const step of vector.topology) apply(topology, step, trace)
  return topology
}

function apply(topology: Topology, step: JsonObject, trace: Trace): void {
  switch (textAt(step, 'op')) {
    case 'addSource': {
      const pattern = optionalText(step, 'pattern')
      const topics = pattern === undefined ? (step['topics'] as readonly string[]) : new RegExp(pattern)
      topology.addSource(textAt(step, 'name'), topics, sourceOptions(step))
      return
    }
    case 'addProcessor':
      topology.addProcessor(textAt(step, 'name'), processorSupplier(step, trace), names(step, 'parents'))
      return
    case 'addSink': {
      const topic = 'topicFn' in step ? topicExtractor(step['topicFn']) : textAt(step, 'topic')
      topology.addSink(textAt(step, 'name'), topic, names(step, 'parents'), sinkOptions(step))
      return
    }
    case 'addStateStore':
      topology.addStateStore(storeFrom(objectAt(step['store'], 'store')), ...names(step, 'processors'))
      return
    case 'addGlobalStore':
    case 'addReadOnlyStateStore': {
      const store = storeFrom(objectAt(step['store'], 'store'))
      const options = {
        ...sourceOptions(step),
        sourceName: textAt(step, 'sourceName'),
        processorName: textAt(step, 'processorName'),
      }
      const supplier = processorSupplier(step, trace) as () => Processor<unknown, unknown>
      if (step['op'] === 'addGlobalStore') topology.addGlobalStore(store, textAt(step, 'topic'), supplier, options)
      else topology.addReadOnlyStateStore(store, textAt(step, 'topic'), supplier, options)
      return
    }
    case 'connectProcessorAndStateStores':
      topology.connectProcessorAndStateStores(textAt(step, 'processor'), ...names(step, 'stores'))
      return
    default:
      throw new UnsupportedError(textAt(step, 'op'))
  }
}

function names(step: JsonObject, field: string): readonly string[] {
  const value = step[field]
  return Array.isArray(value) ? (value as readonly string[]) : []
}

function sourceOptions(step: JsonObject): SourceOptions<unknown, unknown> {
  return present({
    key: serdeIfNamed(step['key']),
    value: serdeIfNamed(step['value']),
    timestampExtractor: timestampExtractor(step['timestampExtractor']),
    offsetReset: offsetReset(optionalText(step, 'offsetReset')),
  })
}

function sinkOptions(step: JsonObject): SinkOptions<unknown, unknown> {
  return present({
    key: serdeIfNamed(step['key']),
    value: serdeIfNamed(step['value']),
    partitioner: partitioner(step['partitioner']),
  })
}

function present<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}
