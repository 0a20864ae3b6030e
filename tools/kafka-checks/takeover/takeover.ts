import assert from 'node:assert/strict'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { Relay, relayNames } from './relay.ts'
import type { RelayName } from './relay.ts'
import { topologies, variants } from './topologies.ts'
import type { TakeoverTopology, Turns } from './topology.ts'

/**
 * Every kind of store and join goes from ours to Java and back, and from Java to ours and back, by its changelogs
 * alone. What is found, and what is written to the changelogs, is what Java alone finds and writes.
 */
export async function takeOver(
  list: CheckList,
  bootstrapServers: string,
  kafka: KafkaInstallation,
  classes: string,
): Promise<void> {
  const relay = new Relay(bootstrapServers, kafka, classes)
  await relay.createTopics()
  await list.check(`takeover: ours and Java begin with ${topologies.length} topologies`, () => relay.run(0))
  await list.check('takeover: each goes on from what the other has left in the changelogs', () => relay.run(1))
  await list.check('takeover: and back again', () => relay.run(2))
  for (const topology of topologies) {
    await list.check(`takeover: ${topology.name}`, () => {
      for (const variant of variants) {
        for (const turns of relayNames) {
          const found = relay.found(variant, turns, topology.name)
          const [given, wanted] = [found, expected(topology, turns)].map((each) => comparable(topology, each))
          assert.deepEqual(given, wanted, `${turns}, ${variant.name}`)
        }
      }
      return Promise.resolve()
    })
  }
  for (const variant of variants) {
    await list.check(`takeover: changelogs are what Java alone writes, byte for byte (${variant.name})`, async () => {
      const alone = await relay.changelogs(variant, 'java-alone')
      for (const turns of relayNames) assert.deepEqual(await relay.changelogs(variant, turns), alone, turns)
    })
  }
  await list.check('takeover: all end in order', () => relay.stop())
  await relay.close()
}

function comparable({ partitions }: TakeoverTopology, found: readonly (readonly string[])[]): readonly unknown[] {
  return partitions === undefined ? found : found.map((turn) => turn.toSorted())
}

function expected({ finds, findsUnlikeJava }: TakeoverTopology, turns: RelayName): Turns {
  return turns === 'java-alone' ? finds : (findsUnlikeJava?.[turns] ?? finds)
}
