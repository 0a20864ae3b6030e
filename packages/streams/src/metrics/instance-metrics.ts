import { MetricGroup } from './metric-group.ts'
import type { Metric } from './metric.ts'

/** What an instance of an application tells of itself. */
export interface InstanceFigures {
  readonly clientId: string
  readonly applicationId: string
  readonly description: string
  readonly state: string
  readonly aliveThreads: number
  readonly failedThreads: number
}

export function instanceMetrics(figures: InstanceFigures): Metric[] {
  return new MetricGroup('stream-metrics', { 'client-id': figures.clientId }, 0)
    .add('application-id', 'The application that the instance belongs to', figures.applicationId)
    .add('topology-description', 'What the instance runs', figures.description)
    .add('state', 'What the instance is doing', figures.state)
    .add('alive-stream-threads', 'The number of stream threads that run', figures.aliveThreads)
    .add('failed-stream-threads', 'The number of stream threads that ended with an error', figures.failedThreads)
    .metrics
}
