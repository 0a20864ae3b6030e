import type { StoreBuilderOptions, StoreDefinition } from '@streamwright/streams'
import { Stores } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { textAt } from '../json.ts'
import { supplierOf } from './parameters.ts'
import { serdeNamed } from './serde-names.ts'
import { UnsupportedError } from './unsupported.ts'

const keyValueBuilders = {
  keyValue: Stores.keyValueStoreBuilder,
  timestampedKeyValue: Stores.timestampedKeyValueStoreBuilder,
  timestampedKeyValueWithHeaders: Stores.timestampedKeyValueStoreWithHeadersBuilder,
}

const windowBuilders = {
  window: Stores.windowStoreBuilder,
  timestampedWindow: Stores.timestampedWindowStoreBuilder,
  timestampedWindowWithHeaders: Stores.timestampedWindowStoreWithHeadersBuilder,
}

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
    case 'timestampedKeyValue':
    case 'timestampedKeyValueWithHeaders': {
      const supplier = supplierOf(json)
      if (supplier.kind !== 'keyValue') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return keyValueBuilders[type](supplier, options)
    }
    case 'versionedKeyValue': {
      const supplier = supplierOf(json)
      if (supplier.kind !== 'versionedKeyValue') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return Stores.versionedKeyValueStoreBuilder(supplier, options)
    }
    case 'window':
    case 'timestampedWindow':
    case 'timestampedWindowWithHeaders': {
      const supplier = supplierOf(json)
      if (supplier.kind !== 'window') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return windowBuilders[type](supplier, options)
    }
    case 'session':
    case 'sessionWithHeaders': {
      const supplier = supplierOf(json)
      if (supplier.kind !== 'session') throw new UnsupportedError(`${type} store by ${supplier.kind}`)
      return type === 'session'
        ? Stores.sessionStoreBuilder(supplier, options)
        : Stores.sessionStoreWithHeadersBuilder(supplier, options)
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
