import type { StreamPartitioner } from '../topology/definition.ts'
import type { WindowedSerde } from './windowed.ts'
import { Headers, toBytes } from '@streamwright/formats'
import { murmur2, toPositive } from '@streamwright/protocol'
import { Windowed } from '../state/store.ts'

/** Partitions windowed keys by the inner key, so that all windows of a key are together. */
export function windowedPartitioner(serde: WindowedSerde<unknown>): StreamPartitioner {
  return (topic, key, _value, partitionCount) => {
    if (!(key instanceof Windowed)) return undefined
    const bytes = toBytes(serde.inner.serialize(key.key, topic, new Headers()))
    return [toPositive(murmur2(bytes)) % partitionCount]
  }
}
