import { StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'

/** The topics of Kafka's quickstart. */
export const inputTopic = 'streams-plaintext-input'
export const outputTopic = 'streams-wordcount-output'
export const applicationId = 'streams-wordcount'

/** The word count as Kafka's WordCountDemo has it: the same nodes, stores and internal topics. */
export function wordCountTopology(): Topology {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
  builder
    .stream(inputTopic)
    .flatMapValues((line) => line.toLowerCase().split(' '))
    .groupBy((_key, word) => word)
    .count()
    .toStream()
    .to(outputTopic, { value: serdes.long })
  return builder.build()
}
