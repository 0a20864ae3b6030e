import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin } from '@streamwright/client'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { eventually } from '../eventually.ts'
import { JavaMember } from '../java-member.ts'
import { committedValues } from '../topic-values.ts'

const partitions = 6
const count = 6_000
const patienceMs = 30_000

interface SentEvent {
  readonly name: string
  readonly partition: number
  readonly offset: number
  readonly value: string
  readonly sent: number
  readonly acked: number
}

/** Runs Java's `VerifiableProducer` to its end: what it says was acknowledged, by partition and offset. */
async function produce(kafka: KafkaInstallation, argv: readonly string[]): Promise<Map<string, string>> {
  const args = kafka.javaArguments('org.apache.kafka.tools.VerifiableProducer', { shortLived: true })
  const child = spawn('java', [...args, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
  const values = new Map<string, string>()
  let total: SentEvent | undefined
  createInterface(child.stdout).on('line', (line) => {
    const event = JSON.parse(line) as SentEvent
    assert.notEqual(event.name, 'producer_send_error', line)
    if (event.name === 'producer_send_success') values.set(`${event.partition}-${event.offset}`, event.value)
    if (event.name === 'tool_data') total = event
  })
  await once(child, 'close')
  assert.deepEqual([total?.sent, total?.acked, values.size], [count, count, count])
  return values
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!isSo()) {
    assert.ok(performance.now() < deadline, what)
    await sleep(10)
  }
}

/** One of two members is killed while records come: all is read, what was read is what was acknowledged, all committed. */
export async function verifiesGroup(
  kafka: KafkaInstallation,
  bootstrapServers: string,
  protocol: 'classic' | 'consumer',
): Promise<void> {
  const topic = `verified-${protocol}`
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([{ name: topic, partitions }])
  const server = ['--bootstrap-server', bootstrapServers, '--topic', topic]
  const join = (): JavaMember =>
    new JavaMember(kafka, [
      ...[...server, '--group-id', topic, '--group-protocol', protocol, '--verbose'],
      ...(protocol === 'classic' ? ['--session-timeout', '4000'] : []),
    ])
  const doomed = join()
  const stays = join()
  try {
    await until('each has half', () => [doomed, stays].every(({ owned }) => owned.size === partitions / 2))
    const producing = produce(kafka, [
      ...server,
      '--max-messages',
      String(count),
      '--throughput',
      '3000',
      '--repeating-keys',
      '100',
    ])
    const killing = until('some are read', () => doomed.records >= count / 8).then(() => doomed.kill())
    const [sent] = await Promise.all([producing, killing])
    const read = (): Map<string, string> => new Map([...doomed.values, ...stays.values])
    await until('who stays has all', () => stays.owned.size === partitions)
    await until('all are read', () => read().size === count)
    assert.deepEqual(read(), sent)
    const there = await committedValues(bootstrapServers, topic, partitions)
    const places = there.flatMap((values, partition) =>
      values.map((value, offset): [string, string] => [`${partition}-${offset}`, value]),
    )
    assert.deepEqual(new Map(places), sent)
    await stays.close()
    await eventually(async () => {
      const committed = await admin.listGroupOffsets(topic)
      assert.deepEqual(
        there.map((_values, partition) => committed.get(`${topic}-${partition}`)?.offset),
        there.map(({ length }) => length),
      )
    })
  } finally {
    await Promise.all([doomed.kill(), stays.kill()])
    await admin.close()
  }
}
