import { franzGo } from './franz-go.ts'
import { kafkaPython } from './kafka-python.ts'
import { kafkajs } from './kafkajs.ts'
import { librdkafka } from './librdkafka.ts'
import { platformaticKafka } from './platformatic-kafka.ts'
import type { Suite } from './suite.ts'

/** The foreign suites, by the names they are asked for. */
export const suites: Readonly<Record<string, Suite>> = {
  librdkafka,
  'franz-go': franzGo,
  'kafka-python': kafkaPython,
  kafkajs,
  platformatic: platformaticKafka,
}
