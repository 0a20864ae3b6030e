import { isLoopback } from '../server/listener-plan.ts'
import type { Environment } from '@streamwright/std'
import type { BrokerSettings } from '../settings.ts'
import type { MetricSources } from './exposition.ts'
import { expose } from './exposition.ts'
import type { Health } from './health.ts'
import { MetricsServer } from './metrics-server.ts'
import { MetricsText } from './metrics-text.ts'
import { ProcessMetrics } from './process-metrics.ts'

export interface MetricsEndpointOptions {
  readonly settings: BrokerSettings
  readonly environment: Environment
  readonly health: Health
}

/** What there is to tell of beside the process, once it is there. */
type BrokerSources = Omit<MetricSources, 'process'>

/** Everything that `metrics.port` asks for: loaded where it is set. */
export class MetricsEndpoint {
  readonly #server: MetricsServer
  readonly #sources: SourcesSoFar

  private constructor(server: MetricsServer, sources: SourcesSoFar) {
    this.#server = server
    this.#sources = sources
  }

  /**
   * Opens the port, before all that may take its time: whoever asks then is told that the broker starts, and how its
   * process does. Throws `AddressInUseError`, `ListenError`.
   */
  static async open({ settings, environment, health }: MetricsEndpointOptions): Promise<MetricsEndpoint> {
    const { metricsHost: host, metricsPort: port } = settings
    const { log } = environment
    const sources: SourcesSoFar = { process: new ProcessMetrics(), broker: undefined }
    try {
      const server = await MetricsServer.open({ host, port, log, health, metrics: () => textOf(sources) })
      if (!isLoopback(host)) {
        log.warn('Metrics are told to anybody who reaches their port: names of topics among them', { host })
      }
      log.info('Metrics and health are told', { host, port: server.port })
      return new MetricsEndpoint(server, sources)
    } catch (error) {
      sources.process.close()
      throw error
    }
  }

  /** From now on the broker is told of, too. */
  tell(broker: BrokerSources): void {
    this.#sources.broker = broker
  }

  get port(): number {
    return this.#server.port
  }

  async close(): Promise<void> {
    this.#sources.process.close()
    await this.#server.close()
  }
}

interface SourcesSoFar {
  readonly process: ProcessMetrics
  broker: BrokerSources | undefined
}

function textOf({ process, broker }: SourcesSoFar): string {
  if (broker !== undefined) return expose({ ...broker, process })
  const text = new MetricsText()
  process.write(text)
  return text.toString()
}
