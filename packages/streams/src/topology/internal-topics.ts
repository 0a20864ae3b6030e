import type { InternalTopicDefinition } from './definition.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import { versionedCompactionLagMs } from './limits.ts'

const createTime = { 'message.timestamp.type': 'CreateTime' }

export function repartitionTopicDefinition(name: string, partitions: number | undefined): InternalTopicDefinition {
  const config = {
    'cleanup.policy': 'delete',
    ...createTime,
    'retention.ms': '-1',
    'segment.bytes': '52428800',
  }
  return { name, partitions, config }
}

/** The changelog topic of a store; what the store's own logging settings say goes over the defaults. */
export function changelogTopicDefinition(
  applicationId: string,
  store: StoreDefinition,
  additionalRetentionMs: number,
): InternalTopicDefinition {
  const overrides = store.logging === false ? {} : store.logging
  const config = { ...createTime, ...changelogDefaults(store, additionalRetentionMs), ...overrides }
  return { name: `${applicationId}-${store.name}-changelog`, partitions: undefined, config }
}

function changelogDefaults(store: StoreDefinition, additionalRetentionMs: number): Record<string, string> {
  switch (store.kind) {
    case 'keyValue':
    case 'suppressBuffer':
    case 'joinBuffer':
    case 'unjoined':
    case 'custom':
      return { 'cleanup.policy': 'compact' }
    case 'versionedKeyValue': {
      // Compaction must leave the versions alone for as long as somebody may ask for them.
      const lagMs = retentionText(store.historyRetentionMs, versionedCompactionLagMs)
      return { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': lagMs }
    }
    case 'window':
    case 'session': {
      const policy = store.kind === 'window' && store.retainDuplicates ? 'delete' : 'compact,delete'
      return { 'cleanup.policy': policy, 'retention.ms': retentionText(store.retentionMs, additionalRetentionMs) }
    }
  }
}

function retentionText(retentionMs: number, additionalRetentionMs: number): string {
  const int64Max = 9_223_372_036_854_775_807n
  const total = BigInt(Math.trunc(retentionMs)) + BigInt(additionalRetentionMs)
  return String(retentionMs >= Number(int64Max) || total > int64Max ? int64Max : total)
}
