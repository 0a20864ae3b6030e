import type { StoreBuilderOptions, StoreDefinition } from '@streamwright/streams'
import { Stores } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { textAt } from '../json.ts'
import { supplierOf } from './parameters.ts'
import { serdeNamed } from './serde-names.ts'
import { UnsupportedError } from './unsupported.ts'

const known = new WeakMap<JsonObject, StoreDefinition>()

/** The store of a specification, §7.2; one and the same for the same specification. */
export function storeFrom(json: JsonObject): StoreDefinition {
  const existing = known.get(json)
  if (existing !== undefined) return existing
  const store = newStore(json)
  known.set(json, store)
  return store
}

function newStore(json: JsonObject): StoreDefinition {
  const type = textAt(json, 'type')
  const options = optionsOf(json)
  switch (type) {
    case 'keyValue':
    case 'timestampedKeyValue': {
      if (type === 'timestampedKeyValue' && json['supplier'] === 'persistentKeyValueStore') {
        throw new UnsupportedError('plain persistent store under a timestamped builder')
      }
      const supplier = supplierOf(json)
      if (supplier.kind !== 'keyValue') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return type === 'keyValue'
        ? Stores.keyValueStoreBuilder(supplier, options)
        : Stores.timestampedKeyValueStoreBuilder(supplier, options)
    }
    case 'versionedKeyValue': {
      const supplier = supplierOf(json)
      if (supplier.kind !== 'versionedKeyValue') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return Stores.versionedKeyValueStoreBuilder(supplier, options)
    }
    case 'window':
    case 'timestampedWindow': {
      if (type === 'timestampedWindow' && json['supplier'] === 'persistentWindowStore') {
        throw new UnsupportedError('plain persistent store under a timestamped builder')
      }
      const supplier = supplierOf(json)
      if (json['retainDuplicates'] === true) throw new UnsupportedError('window store that retains duplicates')
      if (supplier.kind !== 'window') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return type === 'window'
        ? Stores.windowStoreBuilder(supplier, options)
        : Stores.timestampedWindowStoreBuilder(supplier, options)
    }
    default:
      throw new UnsupportedError(`${type} store`)
  }
}

function optionsOf(json: JsonObject): StoreBuilderOptions<unknown, unknown> {
  const logging = json['logging']
  return {
    key: serdeNamed(textAt(json, 'key')),
    value: serdeNamed(textAt(json, 'value')),
    caching: json['caching'] === true,
    ...(logging === undefined || logging === true ? {} : { logging: logging as false | Record<string, string> }),
  }
}
