import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { asError, parseProperties } from '@streamwright/std'
import { ArgumentError } from '../command-line/usage-error.ts'

/** A listener for those who ask for a controller. */
export interface ControllerListener {
  readonly name: string
  readonly host: string
  readonly port: number
}

/** What of a `server.properties` matters for a broker's directories. */
export interface StorageProperties {
  readonly nodeId: number
  readonly directories: readonly string[]
  /** The directory of metadata. */
  readonly metadataDirectory: string
  readonly isController: boolean
  /** Where the controller of this node is to be found, when it has one. */
  readonly controllerListener: ControllerListener | undefined
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
    controllerListener: controllerListenerOf(properties),
    hasStaticVoters: listOf(properties['controller.quorum.voters'] ?? '').length > 0,
  }
}

function controllerListenerOf(properties: Readonly<Record<string, string>>): ControllerListener | undefined {
  const [name] = listOf(properties['controller.listener.names'] ?? '')
  if (name === undefined) return undefined
  const addresses = [...listOf(properties['advertised.listeners'] ?? ''), ...listOf(properties['listeners'] ?? '')]
  const found = addresses.find((address) => address.toUpperCase().startsWith(`${name.toUpperCase()}://`))
  const [, host, port] = /:\/\/\[?([^\]]*?)\]?:(\d+)$/.exec(found ?? '') ?? []
  return { name, host: host === undefined || host === '' ? hostname() : host, port: Number(port ?? -1) }
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
