import { encodeRequest, loadApi } from '@streamwright/protocol'
import type { Api } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { createLog, systemClock } from '@streamwright/std'
import type { Random } from '@streamwright/std'
import { startBroker } from '../../packages/broker/src/index.ts'
import { registry } from '../../packages/broker/src/handlers/registry.ts'
import { fakeEnvironment } from '../../packages/broker/test/support/fake-environment.ts'
import { ProtocolClient } from '../../packages/broker/test/support/protocol-client.ts'
import { everyMessage } from '../../packages/protocol/test/every-message.ts'
import type { TestedMessage } from '../../packages/protocol/test/every-message.ts'
import { mutated } from '../../packages/protocol/test/hostile-bytes.ts'
import { likelyRequest, names } from './likely-request.ts'

/** A broker lives for so many frames: what they make it hold must not hide what it loses. */
const framesPerBroker = 20_000
/** Connections that are open at once; each sends one frame, since a bad one ends it. */
const connectionsAtOnce = 200
/** Some hundred frames and a minute of the broker's life; most rounds take a hundredth of it. */
const roundMsMax = 20_000
/** The broker's time goes on by up to this much between two rounds. */
const roundMs = 60_000

interface Target {
  readonly api: Api<unknown, unknown>
  readonly message: TestedMessage
  readonly versions: readonly [number, number]
}

async function targets(): Promise<readonly Target[]> {
  return Promise.all(
    [...registry.values()].map(async ({ key, served }) => {
      const api = await loadApi(key)
      const message = everyMessage.find(({ name }) => name === `${api.name}Request`)
      return { api, message: message ?? fail(`${api.name} is served and has no definition`), versions: served }
    }),
  )
}

function frameOf(target: Target, topicIds: readonly string[], random: Random): Buffer {
  const { api, message, versions } = target
  const version = versions[0] + random.below(versions[1] - versions[0] + 1)
  const body = likelyRequest(message, version, topicIds, random)
  const header = { correlationId: random.below(1000), clientId: random.below(9) === 0 ? null : 'fuzz' }
  const whole = Buffer.concat(encodeRequest(api, version, header, body)).subarray(4)
  return random.below(2) === 0 ? whole : mutated(whole, random)
}

/**
 * Sends frames to brokers in memory: requests of all APIs and versions that are served, half of them with bytes that
 * are changed. Throws when a request fails in a way that nobody thought of; ends the process when one blocks it.
 */
export async function fuzzBroker(frames: number, random: Random, progress: (frames: number) => void): Promise<void> {
  const all = await targets()
  for (let sent = 0; sent < frames;) {
    const count = Math.min(framesPerBroker, frames - sent)
    // One broker after the other.
    // oxlint-disable-next-line no-await-in-loop
    await fuzzOne(all, count, random)
    sent += count
    progress(sent)
  }
}

async function fuzzOne(all: readonly Target[], frames: number, random: Random): Promise<void> {
  const failures: string[] = []
  const log = createLog({ level: 'error', write: (line) => void failures.push(line) })
  const environment = fakeEnvironment({ seed: random.below(2 ** 31), log })
  const broker = await startBroker({ listen: false, inMemory: true, environment })
  const topicIds = await makeTopics(new ProtocolClient(broker.connect()))
  for (let sent = 0; sent < frames;) {
    const round = Math.min(connectionsAtOnce, frames - sent)
    const startMs = systemClock.monotonicMs()
    const clients = Array.from({ length: round }, () => {
      const client = new ProtocolClient(broker.connect())
      const frame = frameOf(all[random.below(all.length)] ?? fail('no API'), topicIds, random)
      client.next().catch(() => {})
      client.sendFrame(frame)
      return client
    })
    // oxlint-disable-next-line no-await-in-loop
    await environment.settle()
    for (const client of clients) client.close()
    // oxlint-disable-next-line no-await-in-loop
    await environment.advance(random.below(roundMs))
    const took = systemClock.monotonicMs() - startMs
    if (took > roundMsMax) failures.push(`${round} frames kept the broker busy for ${took.toFixed(0)} ms`)
    // Which of them it was: run the round again from the seed.
    if (failures.length > 0) fail(`${failures.join('\n')}\nafter one of ${round} frames`)
    sent += round
  }
  await broker.close()
}

async function makeTopics(client: ProtocolClient): Promise<readonly string[]> {
  const topics = names.slice(0, 3).map((name) => ({ name, numPartitions: 2, replicationFactor: 1 }))
  const created = await client.send(createTopics, 7, { topics })
  return created.topics.map(({ topicId }) => topicId)
}

function fail(message: string): never {
  throw new Error(message)
}
