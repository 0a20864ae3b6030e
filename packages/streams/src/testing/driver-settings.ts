import { camelCase, readSettings, silentLog } from '@streamwright/std'
import { defaultTimestampExtractor, handlerOptions, ownSettings } from '../runtime/client-settings.ts'
import { streamsSettings } from '../runtime/streams-settings.ts'
import type { StreamsConfig } from '../runtime/streams-settings.ts'
import type { TopologyConfig } from '../topology/define.ts'
import type { DriverCoreOptions } from './driver-core.ts'

/** What a driver takes of the settings of an application. */
export interface DriverSettings {
  readonly define: TopologyConfig
  readonly options: DriverCoreOptions
}

/** Settings that no driver needs, since it has no cluster. */
const withoutCluster = { applicationId: 'test', bootstrapServers: 'nowhere:0' }

/**
 * Reads settings as `KafkaStreams` does: under either form of their names, checked, with Kafka's defaults. A wrong value
 * throws `ConfigurationError`.
 */
export function driverSettings(config: Partial<StreamsConfig>): DriverSettings {
  const given: StreamsConfig = { ...withoutCluster, ...config }
  const settings = readSettings(streamsSettings, withoutDoubles(ownSettings(given)), silentLog)
  const { applicationId, statestoreCacheMaxBytes, windowstoreChangelogAdditionalRetentionMs, maxTaskIdleMs } = settings
  const isIdling = 'maxTaskIdleMs' in config || 'max.task.idle.ms' in config
  return {
    define: { applicationId, statestoreCacheMaxBytes, windowstoreChangelogAdditionalRetentionMs },
    options: {
      ...handlerOptions(given, settings),
      defaultTimestampExtractor: defaultTimestampExtractor(given),
      cacheMaxBytes: statestoreCacheMaxBytes,
      // Unless it is asked to, a driver waits for no partition: everything that is there is processed at once.
      ...(isIdling ? { maxTaskIdleMs } : {}),
      config,
    },
  }
}

/** A dotted name that is given overrides what stands there for want of a cluster. */
function withoutDoubles(settings: Record<string, unknown>): Record<string, unknown> {
  const dotted = new Set(
    Object.keys(settings)
      .filter((name) => name.includes('.'))
      .map(camelCase),
  )
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name.includes('.') || !dotted.has(name)))
}
