import type { Broker } from '@streamwright/broker'
import { ApiKey } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import type { ClientConfig } from '../../src/settings/client-settings.ts'
import { newCluster } from './read-topic.ts'

/**
 * Makes a broker keep to itself that it has the protocol of KIP-890: clients then announce each partition to the
 * coordinator, and keep their epoch from one transaction to the next.
 */
export async function hideTransactionVersion(broker: Broker, client: ClientConfig): Promise<void> {
  const cluster = newCluster(client)
  const { apiKeys } = await cluster.send('any', apiVersions, {
    clientSoftwareName: 'test',
    clientSoftwareVersion: '1',
  })
  await cluster.close()
  broker.intercept(ApiKey.ApiVersions, ({ apiVersion }) => ({
    response: { apiKeys, ...(apiVersion >= 3 && { finalizedFeaturesEpoch: 1n, finalizedFeatures: [] }) },
  }))
}
