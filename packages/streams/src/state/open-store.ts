import type { StoreDefinition } from './store-definition.ts'
import type { StoreHost } from './store-host.ts'
import { CustomTaskStore } from './stores/custom-task-store.ts'
import { openDuplicatesWindowStore } from './stores/duplicates-window-store.ts'
import { HeadersKeyValueStateStore } from './stores/headers-key-value-store.ts'
import { HeadersWindowStateStore } from './stores/headers-window-store.ts'
import { JoinBuffer } from './stores/join-buffer.ts'
import { PlainKeyValueStore } from './stores/plain-key-value-store.ts'
import { PlainWindowStore } from './stores/plain-window-store.ts'
import { openRangeWindowStore } from './stores/range-window-state-store.ts'
import { openSessionStore } from './stores/session-state-store.ts'
import { SuppressBuffer } from './stores/suppress-buffer.ts'
import { TimestampedKeyValueStateStore } from './stores/timestamped-key-value-store.ts'
import { TimestampedWindowStateStore } from './stores/timestamped-window-store.ts'
import { UnjoinedStore } from './stores/unjoined-store.ts'
import { VersionedStateStore } from './stores/versioned-state-store.ts'
import type { TaskStore } from './task-store.ts'

/** Makes the store of one task from its definition. */
export function openStore(definition: StoreDefinition, host: StoreHost): TaskStore {
  switch (definition.kind) {
    case 'keyValue':
      if (definition.withHeaders === true) return new HeadersKeyValueStateStore(definition, host)
      return definition.timestamped
        ? new TimestampedKeyValueStateStore(definition, host)
        : new PlainKeyValueStore(definition, host)
    case 'versionedKeyValue':
      return new VersionedStateStore(definition, host)
    case 'window':
      if (definition.retainDuplicates) return openDuplicatesWindowStore(definition, host)
      if (definition.readsRanges === true) return openRangeWindowStore(definition, host)
      if (definition.withHeaders === true) return new HeadersWindowStateStore(definition, host)
      return definition.timestamped
        ? new TimestampedWindowStateStore(definition, host)
        : new PlainWindowStore(definition, host)
    case 'suppressBuffer':
      return new SuppressBuffer(definition, host)
    case 'joinBuffer':
      return new JoinBuffer(definition, host)
    case 'unjoined':
      return new UnjoinedStore(definition, host)
    case 'custom':
      return new CustomTaskStore(definition, host)
    case 'session':
      return openSessionStore(definition, host)
  }
}
