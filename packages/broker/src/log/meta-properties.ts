import { randomUuid } from '@streamwright/protocol'
import type { Random } from '@streamwright/std'
import { StreamwrightError, parseProperties } from '@streamwright/std'
import type { Storage } from './storage.ts'

export const metaPropertiesFile = 'meta.properties'

/** `meta.properties`: to which cluster and broker a data directory belongs. */
export interface MetaProperties {
  readonly clusterId: string
  readonly nodeId: number
  /** 22 characters of URL-safe base64. */
  readonly directoryId: string
}

/** What the one who opens the directory says about it; what is left out may be anything. */
export interface ExpectedMetaProperties {
  readonly clusterId?: string | undefined
  readonly nodeId?: number | undefined
}

/**
 * Reads the file, or makes it. Throws a `StreamwrightError` when it says something else than is expected: the directory
 * belongs to another broker.
 */
export function openMetaProperties(
  storage: Storage,
  directory: string,
  expected: ExpectedMetaProperties,
  random: Random,
): MetaProperties {
  const path = `${directory}/${metaPropertiesFile}`
  const known = storage.exists(path) ? parseProperties(storage.readFile(path).toString('utf8')) : {}
  const clusterId = known['cluster.id'] ?? expected.clusterId ?? randomUuid(random)
  const nodeId = Number(known['node.id'] ?? known['broker.id'] ?? expected.nodeId ?? 1)
  if (expected.clusterId !== undefined && expected.clusterId !== clusterId) {
    throw belongsElsewhere(path, 'cluster.id', clusterId, expected.clusterId)
  }
  if (expected.nodeId !== undefined && expected.nodeId !== nodeId) {
    throw belongsElsewhere(path, 'node.id', nodeId, expected.nodeId)
  }
  const directoryId = known['directory.id'] ?? randomUuid(random)
  const properties = { clusterId, nodeId, directoryId }
  if (known['directory.id'] === undefined || known['version'] !== '1') storage.replaceFile(path, toText(properties))
  return properties
}

function toText({ clusterId, nodeId, directoryId }: MetaProperties): string {
  return `#\ncluster.id=${clusterId}\ndirectory.id=${directoryId}\nnode.id=${nodeId}\nversion=1\n`
}

function belongsElsewhere(path: string, name: string, found: unknown, expected: unknown): StreamwrightError {
  return new StreamwrightError(
    `${path} says ${name}=${String(found)}, and this broker has ${String(expected)}: choose another data directory`,
    { code: 'DATA_DIRECTORY_OF_ANOTHER_BROKER' },
  )
}
