import { AssertionError } from 'node:assert'
import { KafkaError } from '@streamwright/protocol'
import { delay } from '@streamwright/std'
import { quietEnvironment } from './test-broker.ts'

const patienceMs = 10_000
const pauseMs = 20

/**
 * Makes a check again until it holds. What a controller has confirmed reaches the brokers of Apache Kafka a moment
 * later; ours, being one, knows at once.
 */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const { clock, timers } = quietEnvironment
  const deadlineMs = clock.monotonicMs() + patienceMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      const mayPass = error instanceof AssertionError || error instanceof KafkaError
      if (!mayPass || clock.monotonicMs() > deadlineMs) throw error
    }
    await delay(timers, pauseMs)
  }
}
