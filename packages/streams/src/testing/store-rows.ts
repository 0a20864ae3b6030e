import { Headers } from '@streamwright/formats'
import type { StoreDefinition } from '../state/store-definition.ts'
import type {
  KeyValue,
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyVersionedKeyValueStore,
  ReadOnlyWindowStore,
  StateStore,
} from '../state/store.ts'
import { headersText, stableText } from './stable-text.ts'

/**
 * What a store holds, one line a row, in the order of its own iterators. Undefined for what cannot be read: buffers of
 * operators, and stores of the user's own.
 */
export function storeRows(definition: StoreDefinition, store: StateStore): string[] | undefined {
  switch (definition.kind) {
    case 'keyValue':
      return entries((store as unknown as ReadOnlyKeyValueStore<unknown, unknown>).all(), isWrapped(definition))
    case 'window':
      return entries((store as unknown as ReadOnlyWindowStore<unknown, unknown>).all(), isWrapped(definition))
    case 'session': {
      const sessions = (store as unknown as ReadOnlySessionStore<unknown, unknown>).fetchKeyRange(null, null)
      return entries(sessions, isWrapped(definition))
    }
    case 'versionedKeyValue':
      return versionRows(store as unknown as ReadOnlyVersionedKeyValueStore<unknown, unknown>)
    case 'suppressBuffer':
    case 'joinBuffer':
    case 'unjoined':
    case 'custom':
      return undefined
  }
}

/** Whether a store gives out values together with timestamps or headers. */
export function isWrapped(definition: { readonly timestamped?: boolean; readonly withHeaders?: boolean }): boolean {
  return definition.timestamped === true || definition.withHeaders === true
}

/** A value with what is kept beside it. */
interface Kept {
  readonly value: unknown
  readonly timestamp?: number
  readonly headers?: Headers
}

function entries(rows: Iterable<KeyValue<unknown, unknown>>, wrapped: boolean): string[] {
  return Array.from(rows, ({ key, value }) => {
    const text = wrapped ? keptText(value as Kept) : stableText(value)
    return `${stableText(key)} = ${text}`
  })
}

function keptText({ value, timestamp, headers }: Kept): string {
  // −1 stands for a timestamp that was not kept.
  const time = timestamp === undefined || timestamp < 0 ? '' : ` @${timestamp}`
  return `${stableText(value)}${time}${headers === undefined || headers.size === 0 ? '' : ` ${headersText(headers)}`}`
}

/** Every version of every key that has a latest one. */
function versionRows(store: ReadOnlyVersionedKeyValueStore<unknown, unknown>): string[] {
  return Array.from(store.all(), ({ key }) => key).flatMap((key) =>
    Array.from(store.versions(key, 0, Number.MAX_SAFE_INTEGER), ({ value, timestamp, validTo }) => {
      const until = validTo === null ? '' : ` until ${validTo}`
      return `${stableText(key)} = ${stableText(value)} @${timestamp}${until}`
    }),
  )
}
