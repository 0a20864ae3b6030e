import { monitorEventLoopDelay } from 'node:perf_hooks'
import { eventLoopResolutionMs } from '../limits.ts'
import type { MetricsText } from './metrics-text.ts'

const nanosPerSecond = 1e9

/** The process itself, under the names that other programs for Node.js use. */
export class ProcessMetrics {
  readonly #delay: ReturnType<typeof monitorEventLoopDelay> = monitorEventLoopDelay({
    resolution: eventLoopResolutionMs,
  })

  constructor() {
    this.#delay.enable()
  }

  close(): void {
    this.#delay.disable()
  }

  write(text: MetricsText): void {
    const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage()
    const gauge = (name: string, help: string, value: number): void =>
      void text.family(name, 'gauge', help).sample(value)
    gauge('process_resident_memory_bytes', 'Memory of the process.', rss)
    gauge('nodejs_heap_size_used_bytes', "Used of V8's heap.", heapUsed)
    gauge('nodejs_heap_size_total_bytes', "V8's heap.", heapTotal)
    gauge('nodejs_external_memory_bytes', "Memory outside V8's heap that its objects refer to.", external)
    gauge('nodejs_array_buffers_bytes', 'Of that, buffers.', arrayBuffers)
    const { user, system } = process.cpuUsage()
    text.family('process_cpu_seconds_total', 'counter', 'CPU time of the process.').sample((user + system) / 1e6)
    this.#writeDelay(gauge)
  }

  /** Since the last time somebody asked. */
  #writeDelay(gauge: (name: string, help: string, value: number) => void): void {
    const delay = this.#delay
    const about = (what: string): string => `How late the event loop is, since the last scrape: ${what}.`
    gauge('nodejs_eventloop_lag_mean_seconds', about('mean'), lateSeconds(delay.mean))
    gauge('nodejs_eventloop_lag_max_seconds', about('max'), lateSeconds(delay.max))
    for (const percentile of [50, 90, 99]) {
      const value = lateSeconds(delay.percentile(percentile))
      gauge(`nodejs_eventloop_lag_p${percentile}_seconds`, about(`${percentile} % of samples at most`), value)
    }
    delay.reset()
  }
}

/** The histogram has what lies between two samples, which includes the interval at which they are taken. */
function lateSeconds(nanos: number): number {
  return Number.isNaN(nanos) ? 0 : Math.max(0, nanos / nanosPerSecond - eventLoopResolutionMs / 1000)
}
