import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createLog, environmentWith } from '@streamwright/std'
import { readProducerSettings } from '../../src/producer/producer-settings.ts'
import type { ProducerSettings } from '../../src/producer/producer-settings.ts'

const bootstrapServers = 'localhost:9092'

function read(config: Readonly<Record<string, unknown>>): { settings: ProducerSettings; warnings: string[] } {
  const warnings: string[] = []
  const environment = environmentWith({ log: createLog({ write: (line) => warnings.push(line) }) })
  const settings = readProducerSettings({ bootstrapServers, ...config }, environment)
  return { settings, warnings }
}

describe('a producer’s settings', () => {
  test('have the defaults of Apache Kafka 4.3', () => {
    const { settings } = read({})
    const expected: Partial<ProducerSettings> = {
      acks: 'all',
      batchSize: 16_384,
      bufferMemory: 33_554_432,
      clientId: '',
      compressionType: 'none',
      compressionLz4Level: 9,
      compressionZstdLevel: 3,
      connectionsMaxIdleMs: 540_000,
      deliveryTimeoutMs: 120_000,
      enableIdempotence: true,
      lingerMs: 5,
      maxBlockMs: 60_000,
      maxInFlightRequestsPerConnection: 5,
      maxRequestSize: 1_048_576,
      metadataMaxAgeMs: 300_000,
      metadataMaxIdleMs: 300_000,
      metadataRecoveryStrategy: 'rebootstrap',
      metadataRecoveryRebootstrapTriggerMs: 300_000,
      partitionerAdaptivePartitioningEnable: true,
      partitionerAvailabilityTimeoutMs: 0,
      partitionerClass: null,
      partitionerIgnoreKeys: false,
      reconnectBackoffMaxMs: 1_000,
      reconnectBackoffMs: 50,
      requestTimeoutMs: 30_000,
      retries: 2_147_483_647,
      retryBackoffMaxMs: 1_000,
      retryBackoffMs: 100,
      securityProtocol: 'PLAINTEXT',
      socketConnectionSetupTimeoutMaxMs: 30_000,
      socketConnectionSetupTimeoutMs: 10_000,
      sslEndpointIdentificationAlgorithm: 'https',
    }
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual(settings[name as keyof ProducerSettings], value, name)
    }
  })

  test('may have the names and the letters of a properties file', () => {
    const { settings, warnings } = read({
      'linger.ms': '20',
      'compression.type': 'ZSTD',
      'security.protocol': 'plaintext',
      'key.serializer': 'org.apache.kafka.common.serialization.StringSerializer',
    })
    assert.equal(settings.lingerMs, 20)
    assert.equal(settings.compression, 'zstd')
    assert.deepEqual(warnings, [])
  })

  test('that nobody knows are warned of', () => {
    assert.match(read({ lingerSeconds: 1 }).warnings.join(), /lingerSeconds/)
  })

  for (const [name, config, message] of [
    ['an unknown codec', { compressionType: 'brotli' }, /compression.type.*none, gzip/],
    ['an unknown acks', { acks: '2' }, /acks/],
    ['a negative size', { batchSize: -1 }, /batch.size.*at least 0/],
    ['a gzip level of 0', { compressionGzipLevel: 0 }, /compression.gzip.level/],
    ['idempotence with acks=1', { enableIdempotence: true, acks: '1' }, /acks to be all/],
    ['idempotence without retries', { enableIdempotence: true, retries: 0 }, /retries/],
    ['idempotence with many in flight', { enableIdempotence: true, maxInFlightRequestsPerConnection: 6 }, /at most 5/],
    ['too little time to deliver', { deliveryTimeoutMs: 1_000 }, /30005/],
    ['an empty transactional id', { transactionalId: '' }, /must not be empty/],
    ['transactions without idempotence', { transactionalId: 'tx', enableIdempotence: false }, /enable\.idempotence/],
    ['transactions that nobody acknowledges', { transactionalId: 'tx', acks: '1' }, /acks to be all/],
    ['an unknown partitioner', { partitionerClass: 'com.example.Mine' }, /RoundRobinPartitioner/],
  ] as const) {
    test(`refuse ${name}`, () => {
      assert.throws(() => read(config), { code: 'INVALID_CONFIGURATION', message })
    })
  }

  test('give up idempotence that nobody asked for', () => {
    assert.equal(read({ acks: '1' }).settings.enableIdempotence, false)
    assert.equal(read({ maxInFlightRequestsPerConnection: 10 }).settings.enableIdempotence, false)
  })

  test('give records the time that linger and one request need', () => {
    assert.equal(read({ lingerMs: 200_000 }).settings.deliveryTimeoutMs, 230_000)
  })
})
