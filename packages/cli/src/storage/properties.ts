import { existsSync, readFileSync } from 'node:fs'
import { asError, parseProperties } from '@streamwright/std'
import { ArgumentError } from '../command-line/usage-error.ts'

/** What of a `server.properties` matters for a broker's directories. */
export interface StorageProperties {
  readonly nodeId: number
  readonly directories: readonly string[]
  /** The directory of metadata. */
  readonly metadataDirectory: string
  readonly isController: boolean
  /** The controllers are named in the file, once and for all. */
  readonly hasStaticVoters: boolean
}

/** Reads a `server.properties`. Throws as Kafka's tool says it. */
export function storageProperties(path: string): StorageProperties {
  if (!existsSync(path))
    throw new ArgumentError(`Exception in thread "main" java.nio.file.NoSuchFileException: ${path}`)
  const properties = read(path)
  const id = properties['node.id'] ?? properties['broker.id'] ?? '-1'
  if (!/^[+-]?\d{1,10}$/.test(id.trim())) {
    throw new ArgumentError(
      `Exception in thread "main" org.apache.kafka.common.config.ConfigException: Invalid value ${id} for configuration broker.id: Not a number of type INT`,
    )
  }
  const directories = listOf(properties['log.dirs'] ?? properties['log.dir'] ?? '/tmp/kafka-logs')
  return {
    nodeId: Number(id),
    directories,
    metadataDirectory: properties['metadata.log.dir'] ?? directories[0] ?? '',
    isController: listOf(properties['process.roles'] ?? '').includes('controller'),
    hasStaticVoters: listOf(properties['controller.quorum.voters'] ?? '').length > 0,
  }
}

function read(path: string): Record<string, string> {
  try {
    return parseProperties(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ArgumentError(`Cannot read ${path}: ${asError(error).message}`)
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
