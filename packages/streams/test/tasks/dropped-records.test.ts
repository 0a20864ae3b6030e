import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '@streamwright/std'
import { StreamsBuilder, serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'

test('a record that is left out is told of once for each reason, with its place, and counted each time', () => {
  const lines: string[] = []
  const builder = new StreamsBuilder()
  builder
    .stream<string | null, string | null>('in', { key: serdes.string, value: serdes.string })
    .groupByKey()
    .count()
    .toStream()
    .to('out', { value: serdes.long })
  using driver = new TopologyTestDriver(builder.build(), {
    log: createLog({ level: 'warn', write: (line) => lines.push(line) }),
  })
  const input = driver.createInputTopic('in', { key: serdes.string, value: serdes.string })
  input.pipeInput('a', 'kept')
  input.pipeInput(null, 'left out')
  input.pipeInput('a', null)
  assert.equal(driver.droppedRecords, 2)
  assert.equal(lines.length, 1)
  assert.match(
    lines[0] ?? '',
    /A record was left out.*reason="null key or value" task=0_0 topic=in partition=0 offset=1/,
  )
})
