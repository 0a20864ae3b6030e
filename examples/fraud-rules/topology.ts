import { Stores, StreamsBuilder, serdes } from '@streamwright/streams'
import type {
  FixedKeyProcessor,
  FixedKeyProcessorContext,
  FixedKeyRecord,
  Topology,
  WindowStore,
} from '@streamwright/streams'
import type { Topic } from '../topic.ts'
import { lookBackMs, rules } from './rules.ts'
import type { Payment } from './rules.ts'

export interface Alert {
  readonly rule: string
  readonly payment: Payment
}

/** By card number. */
export const payments: Topic<string, Payment> = {
  topic: 'card-payments',
  key: serdes.string,
  value: serdes.json<Payment>(),
}
export const alerts: Topic<string, Alert> = { topic: 'fraud-alerts', key: serdes.string, value: serdes.json<Alert>() }

const storeName = 'recent-payments'

/** Holds each payment against the rules, with the payments of its card in the hour before it. */
class FraudCheck implements FixedKeyProcessor<string, Payment, Alert> {
  #context!: FixedKeyProcessorContext<string, Alert>
  #recent!: WindowStore<string, Payment>

  init(context: FixedKeyProcessorContext<string, Alert>): void {
    this.#context = context
    this.#recent = context.getStateStore(storeName)
  }

  process(record: FixedKeyRecord<string, Payment>): void {
    const { key: card, value: payment, timestamp } = record
    using earlier = this.#recent.fetchRange(card, timestamp - lookBackMs, timestamp)
    const recent = [...earlier].map(([, each]) => each)
    this.#recent.put(card, payment, timestamp)
    for (const { name, isBroken } of rules) {
      if (isBroken(payment, recent)) this.#context.forward(record.withValue({ rule: name, payment }))
    }
  }
}

/** Tells each rule that a payment breaks. */
export function fraudRulesTopology(): Topology {
  const recentPayments = Stores.windowStoreBuilder(
    Stores.persistentWindowStore(storeName, {
      retentionMs: 2 * lookBackMs,
      windowSizeMs: lookBackMs,
      // Two payments of one card may have the same timestamp.
      retainDuplicates: true,
    }),
    { key: payments.key, value: payments.value },
  )
  const builder = new StreamsBuilder()
  builder
    .stream(payments.topic, payments)
    .processValues({ create: () => new FraudCheck(), stores: [recentPayments] }, { name: 'fraud-check' })
    .to(alerts.topic, alerts)
  return builder.build()
}
