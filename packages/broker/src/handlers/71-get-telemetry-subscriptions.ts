import { compressionTypes, randomUuid, zeroUuid } from '@streamwright/protocol'
import type {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@streamwright/protocol/messages/get-telemetry-subscriptions'
import { getTelemetrySubscriptions } from '@streamwright/protocol/messages/get-telemetry-subscriptions'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

const pushIntervalMs = 300_000
const acceptedCodecs = ['zstd', 'lz4', 'gzip', 'snappy'] as const

/**
 * GetTelemetrySubscriptions v0: nobody receives metrics here, so there is nothing to send. As in Apache Kafka without
 * a receiver, it is answered but not advertised, and clients do not ask.
 */
export const getTelemetrySubscriptionsHandler: AnyHandler = handler<
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse
>({
  api: getTelemetrySubscriptions,

  handle(services, { clientInstanceId }) {
    return {
      clientInstanceId: clientInstanceId === zeroUuid ? randomUuid(services.environment.random) : clientInstanceId,
      subscriptionId: 0,
      acceptedCompressionTypes: acceptedCodecs.map((name) => compressionTypes.indexOf(name)),
      pushIntervalMs,
      telemetryMaxBytes: Number(services.configs.brokerValue('telemetry.max.bytes')),
      deltaTemporality: true,
      requestedMetrics: [],
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
