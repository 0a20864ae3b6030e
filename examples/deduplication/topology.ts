import { Stores, StreamsBuilder, serdes } from '@streamwright/streams'
import type {
  FixedKeyProcessor,
  FixedKeyProcessorContext,
  FixedKeyRecord,
  KeyValueStore,
  Topology,
} from '@streamwright/streams'
import type { Topic } from '../topic.ts'

/** What a device measured. The id stays the same when the device sends it again. */
export interface Reading {
  readonly id: string
  readonly celsius: number
}

/** By device: what is sent twice is in one partition. */
export const readings: Topic<string, Reading> = {
  topic: 'readings',
  key: serdes.string,
  value: serdes.json<Reading>(),
}
export const distinctReadings: Topic<string, Reading> = { ...readings, topic: 'distinct-readings' }

const storeName = 'seen-readings'
const rememberedMs = 10 * 60_000

/** Lets a reading pass that its device has not sent within ten minutes before. */
class Deduplication implements FixedKeyProcessor<string, Reading, Reading> {
  #context!: FixedKeyProcessorContext<string, Reading>
  #seen!: KeyValueStore<string, number>

  init(context: FixedKeyProcessorContext<string, Reading>): void {
    this.#context = context
    this.#seen = context.getStateStore(storeName)
  }

  process(record: FixedKeyRecord<string, Reading>): void {
    const { key: device, value, timestamp } = record
    const reading = `${device}/${value.id}`
    const firstSeenMs = this.#seen.get(reading)
    if (firstSeenMs !== null && timestamp - firstSeenMs < rememberedMs) return
    this.#seen.put(reading, timestamp)
    this.#context.forward(record)
  }
}

/** Readings that a device sends again within ten minutes are left out. */
export function deduplicationTopology(): Topology {
  // The time to live bounds the store; the processor decides, to the millisecond.
  const seen = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(storeName, { ttlMs: rememberedMs }), {
    key: serdes.string,
    value: serdes.long,
  })
  const builder = new StreamsBuilder()
  builder
    .stream(readings.topic, readings)
    .processValues({ create: () => new Deduplication(), stores: [seen] }, { name: 'deduplication' })
    .to(distinctReadings.topic, distinctReadings)
  return builder.build()
}
