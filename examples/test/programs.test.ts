import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import { serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import { programs } from '../examples.ts'
import { promisedOutput, shownTopology } from '../promised-output.ts'
import { runProgram } from '../program.ts'
import type { Program } from '../program.ts'

/** What a program prints when the test driver runs it. */
function printedByDriver({ topology, input, output, settings = {} }: Program): string[] {
  using driver = new TopologyTestDriver(topology(), { config: settings })
  const bytes = { key: serdes.bytes, value: serdes.bytes }
  for (const { topic, key, value, timestamp } of input) {
    driver.createInputTopic(topic, bytes).pipe({ key, value, timestamp })
  }
  const produced = driver.producedRecords()
  return output.flatMap(({ topic, lines }) => lines(produced.get(topic) ?? []))
}

describe('programs', () => {
  let broker: Broker
  let stateDirectory: string
  before(async () => {
    broker = await startBroker({ port: 0, inMemory: true })
    stateDirectory = mkdtempSync(join(tmpdir(), 'streamwright-programs-'))
  })
  after(async () => {
    await broker.close()
    rmSync(stateDirectory, { recursive: true, force: true })
  })

  test('no two of them share a topic, so that all may run on one cluster', () => {
    const topics = Object.values(programs).flatMap(({ input, output }) => [
      ...new Set([...input, ...output].map(({ topic }) => topic)),
    ])
    assert.deepEqual(topics.toSorted(), [...new Set(topics)].toSorted())
  })

  for (const [name, program] of Object.entries(programs)) {
    test(`${name} prints in the test driver what its README says`, () => {
      assert.deepEqual(printedByDriver(program), promisedOutput(name))
    })

    const picture = shownTopology(name)
    if (picture !== undefined) {
      test(`${name} has the topology that its README shows`, () => {
        assert.equal(program.topology().toMermaid().trimEnd(), picture.trimEnd())
      })
    }

    test(`${name} prints the same when it runs on a broker`, async () => {
      const lines: string[] = []
      await runProgram(program, {
        bootstrapServers: broker.bootstrapServers,
        records: undefined,
        print: (line) => lines.push(line),
        interrupted: new AbortController().signal,
        stateDirectory,
        // One leaves a late record out, as it should, and says so.
        environment: environmentWith({ log: silentLog }),
      })
      assert.deepEqual(lines, promisedOutput(name))
    })
  }
})
