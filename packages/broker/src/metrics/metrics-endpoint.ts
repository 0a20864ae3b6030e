import { isLoopback } from '../server/listener-plan.ts'
import type { MetricSources } from './exposition.ts'
import { expose } from './exposition.ts'
import type { Health } from './health.ts'
import { MetricsServer } from './metrics-server.ts'
import { ProcessMetrics } from './process-metrics.ts'

export interface MetricsEndpointOptions extends Omit<MetricSources, 'process'> {
  readonly health: Health
}

/** Everything that `metrics.port` asks for: loaded where it is set. */
export class MetricsEndpoint {
  readonly #server: MetricsServer
  readonly #process: ProcessMetrics

  private constructor(server: MetricsServer, processMetrics: ProcessMetrics) {
    this.#server = server
    this.#process = processMetrics
  }

  /** Throws `AddressInUseError`, `ListenError`. */
  static async open(options: MetricsEndpointOptions): Promise<MetricsEndpoint> {
    const { settings, environment } = options.services
    const { metricsHost: host, metricsPort: port } = settings
    const { log } = environment
    const processMetrics = new ProcessMetrics()
    const metrics = (): string => expose({ ...options, process: processMetrics })
    try {
      const server = await MetricsServer.open({ host, port, log, health: options.health, metrics })
      if (!isLoopback(host)) {
        log.warn('Metrics are told to anybody who reaches their port: names of topics among them', { host })
      }
      log.info('Metrics and health are told', { host, port: server.port })
      return new MetricsEndpoint(server, processMetrics)
    } catch (error) {
      processMetrics.close()
      throw error
    }
  }

  get port(): number {
    return this.#server.port
  }

  async close(): Promise<void> {
    this.#process.close()
    await this.#server.close()
  }
}
