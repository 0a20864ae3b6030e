import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import { DataDirectoryError } from '../errors.ts'
import { bornWith, supportedFeatures } from '../features/feature-control.ts'
import type { Storage } from '../log/storage.ts'
import type { BootstrapMetadata } from './bootstrap-checkpoint.ts'
import { bootstrapFile, quorumFile } from './bootstrap-files.ts'
import type { MetadataRecord } from './metadata-record.ts'

/** While leaders are chosen among eligible replicas, this is set for all brokers of a cluster of Apache Kafka 4.3. */
const minInSyncReplicas: MetadataRecord = {
  kind: 'configs',
  resource: 'broker',
  name: '',
  configs: { 'min.insync.replicas': '1' },
}

/**
 * What a cluster begins with: what `kafka-storage format`, ours or Java's, has left in the directory, else what a new
 * cluster of Apache Kafka 4.3 has. Throws `DataDirectoryError` for a file that cannot be read.
 */
export async function firstRecords(storage: Storage, path: string, { log }: Environment): Promise<MetadataRecord[]> {
  const bootstrap = await readBootstrap(storage, path)
  if (bootstrap === undefined) return [minInSyncReplicas]
  const { features, scramCredentials } = bootstrap
  const levels = supportedFeatures.map(({ name }) => ({ name, level: features.get(name) ?? 0 }))
  log.info('The cluster begins with what the directory was formatted with', {
    features: levels.map(({ name, level }) => `${name}=${level}`).join(','),
    scramUsers: scramCredentials.length,
  })
  const hasEligibleReplicas = (features.get('eligible.leader.replicas.version') ?? 0) > 0
  return [
    ...(hasEligibleReplicas ? [minInSyncReplicas] : []),
    ...levels
      .filter(({ name, level }) => bornWith.get(name) !== level)
      .map(({ name, level }) => ({ kind: 'feature', name, level, epoch: 1 }) as const),
    ...scramCredentials.map((credential) => ({ kind: 'scram', credential }) as const),
  ]
}

async function readBootstrap(storage: Storage, path: string): Promise<BootstrapMetadata | undefined> {
  const file = `${path}/${bootstrapFile}`
  if (!storage.exists(file)) return undefined
  const { decodeBootstrap } = await import('./bootstrap-checkpoint.ts')
  try {
    const { features, scramCredentials } = decodeBootstrap(storage.readFile(file))
    const quorum = `${path}/${quorumFile}`
    const ofQuorum = storage.exists(quorum) ? decodeBootstrap(storage.readFile(quorum)).features : []
    return { features: new Map([...features, ...ofQuorum]), scramCredentials }
  } catch (error) {
    const why = asError(error).message
    throw new DataDirectoryError(`${file} cannot be read (${why}): format the directory anew`, error)
  }
}
