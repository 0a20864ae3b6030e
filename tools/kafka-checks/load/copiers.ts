import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Producer } from '@streamwright/client'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { committedValues } from '../topic-values.ts'

const partitions = 4
const count = 20_000
/** How long after its first transaction a copier is killed, time after time; then it is let be. */
const killsAfterMs = [300, 900]

/**
 * Two of Java's copiers share a group, each with a transactional id of its own; a third of their transactions is
 * aborted, and each of them is killed twice in the middle. Every record is there once, and in order.
 */
export async function copiersShareGroup(
  kafka: KafkaInstallation,
  classes: string,
  bootstrapServers: string,
  protocol: 'classic' | 'consumer',
): Promise<void> {
  const [from, to] = [`copied-${protocol}`, `copies-${protocol}`]
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([from, to].map((name) => ({ name, partitions })))
  const producer = new Producer({ bootstrapServers })
  for (let index = 0; index < count; index++) producer.append(from, index % partitions, 1_000, null, String(index))
  await producer.close()
  const settings = [
    `group.protocol=${protocol}`,
    ...(protocol === 'classic' ? ['session.timeout.ms=4000', 'heartbeat.interval.ms=300'] : []),
  ]
  await Promise.all(
    ['one', 'two'].map((name) => {
      const id = `${protocol}-${name}`
      const argv = [bootstrapServers, from, to, from, id, String(count), ...settings]
      return keepCopying(kafka, classes, argv)
    }),
  )
  const copied = await committedValues(bootstrapServers, to, partitions)
  const expected = Array.from({ length: partitions }, (_none, partition) =>
    Array.from({ length: count / partitions }, (_no, index) => String(partition + index * partitions)),
  )
  assert.deepEqual(copied, expected)
  const states = await admin.describeTransactions([`${protocol}-one`, `${protocol}-two`])
  for (const [id, { state }] of states) assert.match(state, /^Complete/, id)
  const ends = await admin.listOffsets(
    expected.map((_values, partition) => ({ topic: to, partition, timestamp: 'latest' })),
  )
  await admin.close()
  // Markers, and what was aborted: records of one third of the transactions and of those that were killed.
  const all = [...ends.values()].reduce((sum, { offset }) => sum + offset, 0)
  assert.ok(all > count * 1.2, `${all} offsets for ${count} records`)
}

async function keepCopying(kafka: KafkaInstallation, classes: string, argv: readonly string[]): Promise<void> {
  for (const killAfterMs of [...killsAfterMs, undefined]) {
    const java = kafka.javaArguments('TransactionCopier', { classes, shortLived: true })
    const child = spawn('java', [...java, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    const exited = once(child, 'close')
    if (killAfterMs !== undefined) {
      while (!/RUNNING|COPIED/.test(printed) && child.exitCode === null) await sleep(5)
      await sleep(killAfterMs)
      child.kill('SIGKILL')
    }
    await exited
    if (killAfterMs === undefined) assert.match(printed, /COPIED/)
  }
}
