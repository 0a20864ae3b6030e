import { StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'

export const inputTopic = 'lines'
export const outputTopic = 'counts'
export const storeName = 'counts-store'
export const applicationId = 'counting'
export const changelogTopic: string = `${applicationId}-${storeName}-changelog`

/** Words of lines, regrouped through a repartition topic, counted in a persistent store behind a cache. */
export function countingTopology(): Topology {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
  builder
    .stream<string, string>(inputTopic)
    .flatMapValues((line) => line.split(' '))
    .groupBy((_key, word) => word)
    .count({ store: storeName })
    .toStream()
    .to(outputTopic, { value: serdes.long })
  return builder.build()
}
