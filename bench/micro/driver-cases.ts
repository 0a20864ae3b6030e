import { StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import type { MicroCase } from './micro-case.ts'

const strings = { key: serdes.string, value: serdes.string }

function wordCount(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream('streams-plaintext-input', strings)
    .flatMapValues((line) => line.toLowerCase().split(' '))
    .groupBy((_key, word) => word, strings)
    .count({ store: 'counts' })
    .toStream()
    .to('streams-wordcount-output', { value: serdes.long })
  return builder.build()
}

/** What a test waits for. */
export const driverCases: readonly MicroCase[] = [
  {
    group: 'test driver',
    name: 'build the word count',
    start: () => ({ perRun: 1, run: () => void wordCount() }),
  },
  {
    group: 'test driver',
    name: 'start and close a driver of the word count',
    start() {
      const topology = wordCount()
      return { perRun: 1, run: () => new TopologyTestDriver(topology).close() }
    },
  },
  {
    group: 'test driver',
    name: 'build, start, one line of 5 words, read its output, close',
    start: () => ({
      perRun: 1,
      run() {
        using driver = new TopologyTestDriver(wordCount())
        driver.createInputTopic('streams-plaintext-input', strings).pipeInput('all streams lead to kafka')
        driver
          .createOutputTopic('streams-wordcount-output', { key: serdes.string, value: serdes.long })
          .readKeyValuesToList()
      },
    }),
  },
]
