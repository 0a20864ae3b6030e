import type {
  KeyValueStore,
  SessionStore,
  StateStore,
  StoreDefinition,
  VersionedKeyValueStore,
  WindowStore,
} from '@streamwright/streams'
import { Windowed } from '@streamwright/streams'
import type { Serde, ValueTimestampHeaders } from '@streamwright/streams'
import { subscriptionSerde } from '../../packages/streams/src/serdes/foreign-key-messages.ts'
import type { Subscription } from '../../packages/streams/src/serdes/foreign-key-messages.ts'
import type { UnjoinedStore } from '../../packages/streams/src/state/stores/unjoined-store.ts'
import type { JsonObject } from '../json.ts'
import { objectAt } from '../json.ts'
import { expectSame } from './compare.ts'
import { resultForm, versionedForm } from './store-commands.ts'
import { jsonForm, jsonText } from './values.ts'

/** Compares the content of a store at the end of a vector. */
export function checkStore(definition: StoreDefinition, store: StateStore, expected: JsonObject): void {
  const { name } = definition
  expectSame(definition.engine === 'persistent', expected['persistent'], `persistent of store ${name}`)
  expectSame(typeOf(definition), expected['type'], `type of store ${name}`)
  if (definition.kind === 'suppressBuffer') {
    checkBuffer(store, expected)
    return
  }
  // The buffer of a join tells its type and no more.
  if (expected['entries'] === null || definition.kind === 'joinBuffer') return
  const entries = entriesOf(definition, store)
  if ('value' in definition && definition.value === (subscriptionSerde as Serde<unknown>)) {
    expectSame(subscriptionForms(store, expected['entries']), expected['entries'], `entries of store ${name}`)
    return
  }
  expectSame(entries, expected['entries'], `entries of store ${name}`)
}

export function checkStores(
  definitions: readonly StoreDefinition[],
  storeNamed: (name: string) => StateStore,
  expectation: unknown,
): void {
  const expected = objectAt(expectation ?? {}, 'stores')
  expectSame(definitions.map(({ name }) => name).toSorted(), Object.keys(expected).toSorted(), 'names of stores')
  for (const definition of definitions) {
    checkStore(definition, storeNamed(definition.name), objectAt(expected[definition.name], 'store'))
  }
}

function typeOf(definition: StoreDefinition): string {
  switch (definition.kind) {
    case 'keyValue':
      if (definition.withHeaders === true) return 'timestampedKeyValueWithHeaders'
      return definition.timestamped ? 'timestampedKeyValue' : 'keyValue'
    case 'joinBuffer':
      return 'RocksDBTimeOrderedKeyValueBuffer'
    case 'versionedKeyValue':
    case 'suppressBuffer':
    case 'custom':
      return definition.kind
    case 'unjoined':
      return 'keyValue'
    case 'window':
      if (definition.withHeaders === true) return 'timestampedWindowWithHeaders'
      return definition.timestamped ? 'timestampedWindow' : 'window'
    case 'session':
      return definition.withHeaders === true ? 'sessionWithHeaders' : 'session'
  }
}

function unjoinedEntries(store: UnjoinedStore<unknown>): unknown[] {
  return [...store.all()].flatMap((entry) => {
    const { side, timestamp } = entry
    const key = { key: jsonForm(store.keyOf(entry)), ts: timestamp, side }
    return store.valuesOf(entry).map((value) => [key, { [side]: jsonForm(value) }])
  })
}

const instructions = [
  'DELETE_KEY_NO_PROPAGATE',
  'DELETE_KEY_AND_PROPAGATE',
  'PROPAGATE_NULL_IF_NO_FK_VAL_AVAILABLE',
  'PROPAGATE_ONLY_IF_FK_VAL_AVAILABLE',
]

/** Subscriptions of a foreign-key join: their primary key is bytes here, and is read as what the vector has there. */
function subscriptionForms(store: StateStore, expected: unknown): unknown[] {
  const wanted = expected as readonly (readonly [string, { readonly value: { readonly primaryKey: unknown } }])[]
  const rows = store as KeyValueStore<Buffer, ValueTimestampHeaders<Subscription>>
  return [...rows.all()].map(({ key, value: row }, index) => {
    const { hash, instruction, primaryKey, primaryPartition } = row.value
    const like = wanted[index]?.[1].value.primaryKey
    const value = {
      instruction: instructions[instruction],
      primaryKey: typeof like === 'number' ? numberOf(primaryKey) : primaryKey.toString(),
      hash: hash?.toString('hex') ?? null,
      primaryPartition: primaryPartition < 0 ? null : primaryPartition,
      version: primaryPartition < 0 ? 0 : 1,
    }
    return [`0x${key.toString('hex')}`, { ...(resultForm(row) as object), value }]
  })
}

function numberOf(bytes: Buffer): number {
  return bytes.length === 8 ? Number(bytes.readBigInt64BE()) : bytes.readInt32BE()
}

function entriesOf(definition: StoreDefinition, store: StateStore): unknown[] {
  switch (definition.kind) {
    case 'keyValue':
      return [...(store as KeyValueStore<unknown, unknown>).all()].map(({ key, value }) => [
        jsonForm(key),
        resultForm(value),
      ])
    case 'versionedKeyValue':
      return [...(store as VersionedKeyValueStore<unknown, unknown>).all()].map(({ key, value }) => [
        jsonForm(key),
        versionedForm(value),
      ])
    case 'window':
      return [...(store as WindowStore<unknown, unknown>).all()]
        .toSorted((left, right) => compareWindowed(left.key, right.key))
        .map(({ key, value }) => [jsonForm(key), resultForm(value)])
    case 'unjoined':
      return unjoinedEntries(store as UnjoinedStore<unknown>)
    case 'suppressBuffer':
    case 'joinBuffer':
    case 'custom':
      return []
    case 'session':
      return [...(store as SessionStore<unknown, unknown>).fetchKeyRange(null, null)]
        .toSorted((left, right) => compareWindowed(left.key, right.key))
        .map(({ key, value }) => [jsonForm(key), resultForm(value)])
  }
}

function checkBuffer(store: StateStore, expected: JsonObject): void {
  const { numRecords, bufferSize, minTimestamp } = store as unknown as {
    readonly numRecords: number
    readonly bufferSize: number
    readonly minTimestamp: number
  }
  const actual = { numRecords, bufferSize, minTimestamp: Number.isFinite(minTimestamp) ? minTimestamp : null }
  const { numRecords: records, bufferSize: bytes, minTimestamp: earliest } = expected
  const wanted = { numRecords: records, bufferSize: bytes, minTimestamp: earliest }
  expectSame(actual, wanted, `buffer of ${store.name}`)
}

function compareWindowed(left: Windowed<unknown>, right: Windowed<unknown>): number {
  const byStart = left.window.startMs - right.window.startMs
  const byEnd = left.window.endMs - right.window.endMs
  if (byStart !== 0 || byEnd !== 0) return byStart || byEnd
  const [a, b] = [jsonText(jsonForm(left.key)), jsonText(jsonForm(right.key))]
  return a < b ? -1 : a > b ? 1 : 0
}
