import { isDeepStrictEqual } from 'node:util'
import { Headers, toBytes } from '@streamwright/formats'
import type { Headers as RecordHeaders, Serde, Serialized } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { TopologyDefinition } from '../topology/definition.ts'
import { stableText } from './stable-text.ts'

/**
 * A topology whose stores read back everything that they write and compare. A value that its serde does not preserve
 * works as long as the store has it at hand, and is another one after a restart: better an error in a test.
 */
export function withStrictStores(definition: TopologyDefinition): TopologyDefinition {
  return {
    ...definition,
    subtopologies: definition.subtopologies.map((subtopology) => ({
      ...subtopology,
      stores: subtopology.stores.map(strictStore),
    })),
    globalNodes: definition.globalNodes.map((global) => ({ ...global, store: strictStore(global.store) })),
  }
}

function strictStore(store: StoreDefinition): StoreDefinition {
  // Buffers keep changes and pairs, whose serdes are ours.
  if (!('key' in store && 'value' in store) || store.kind === 'suppressBuffer' || store.kind === 'joinBuffer')
    return store
  return {
    ...store,
    key: strictSerde(store.key, `key of the store ${store.name}`),
    value: strictSerde(store.value, `value of the store ${store.name}`),
  }
}

function strictSerde(serde: Serde<unknown>, what: string): Serde<unknown> {
  return {
    ...serde,
    name: serde.name,
    serialize(value: unknown, topic: string, headers: RecordHeaders): Serialized {
      const serialized = serde.serialize(value, topic, headers)
      const bytes = Buffer.from(toBytes(serialized))
      const back = serde.deserialize(bytes, topic, new Headers(headers))
      if (!isDeepStrictEqual(back, value)) {
        throw new StreamsError(
          `The serde ${serde.name} does not preserve a ${what}: ${stableText(value)} comes back as ${stableText(back)}. Keep values that the serde can write, or give the store another serde`,
          { code: 'SERDE_NOT_FAITHFUL' },
        )
      }
      return bytes
    },
    deserialize: (bytes: Buffer, topic: string, headers: RecordHeaders) => serde.deserialize(bytes, topic, headers),
  }
}
