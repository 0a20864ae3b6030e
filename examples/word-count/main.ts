import { Producer } from '@streamwright/client'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import { ensureTopics, follow } from '../example.ts'
import type { ExampleOptions } from '../example.ts'

export const input = 'streams-plaintext-input'
export const output = 'streams-wordcount-output'

/** Lines in, one update of a count out for each word. */
export function wordCountTopology(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream(input, { key: serdes.string, value: serdes.string })
    .flatMapValues((line) => line.toLowerCase().split(' '))
    .groupBy((_key, word) => word, { key: serdes.string, value: serdes.string })
    .count({ store: 'counts' })
    .toStream()
    .to(output, { value: serdes.long })
  return builder.build()
}

const lines = ['all streams lead to kafka', 'hello kafka streams', 'join kafka summit']

/** Counts the words of three lines and prints each update. */
export async function wordCount({
  bootstrapServers,
  records,
  print,
  interrupted,
  stateDirectory,
}: ExampleOptions): Promise<void> {
  await ensureTopics(bootstrapServers, [input, output])
  const streams = new KafkaStreams(wordCountTopology(), {
    applicationId: 'word-count-example',
    bootstrapServers,
    statestoreCacheMaxBytes: 0,
    ...(stateDirectory === undefined ? {} : { stateDir: stateDirectory }),
  })
  await streams.start()
  const producer = new Producer({ bootstrapServers })
  const sent = lines.slice(0, records ?? lines.length)
  for (const line of sent) await producer.send({ topic: input, value: line })
  const words = sent.flatMap((line) => line.split(' ')).length
  let printed = 0
  await follow(
    bootstrapServers,
    { topic: output, offset: 0 },
    interrupted,
    ({ key, value }) => {
      printed += 1
      print(`${key?.toString() ?? ''}\t${value?.readBigInt64BE() ?? ''}`)
    },
    () => printed >= words,
  )
  await producer.close()
  await streams.close()
}
