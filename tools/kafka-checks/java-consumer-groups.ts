import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Producer } from '@streamwright/client'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'
import type { CheckList } from './check-list.ts'
import { JavaProgram, runJavaToolBeside } from './java-program.ts'
import { assignorsAlike } from './server-assignors.ts'

const partitions = 12
const patienceMs = 40_000

/** Java's consumers with `group.protocol=consumer` on our broker, and what its tools make of their groups. */
export async function javaConsumerGroups(list: CheckList, kafka: KafkaInstallation, classes: string): Promise<void> {
  await list.check("our assignors assign as those of Kafka's group coordinator", () => {
    assignorsAlike(kafka, classes)
    return Promise.resolve()
  })
  const bench = await GroupBench.start(kafka, classes)
  try {
    await list.check(
      "Java's new consumers share partitions, static ones keep theirs, through a restart of our broker",
      () => shareAndRestart(bench),
    )
    await list.check("Java's consumers go from the classic protocol to the new one and back, one by one", () =>
      migrate(bench),
    )
    await list.check("Java's tool describes groups of our broker", () => describeGroups(bench, kafka))
  } finally {
    await bench.close()
  }
  await list.check('Java reads our records of consumer groups', () => dumpGroups(bench, kafka))
  bench.remove()
}

/** What the consumers of a program say of themselves. */
interface Report {
  readonly read: number
  readonly doubles: number
  readonly failures: number
  /** How many partitions each one has. */
  readonly loads: Readonly<Record<string, number>>
  readonly text: string
}

class GroupBench {
  readonly #kafka: KafkaInstallation
  readonly #classes: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'streamwright-java-groups-'))
  #broker: Broker | undefined
  #port = 0
  #produced = new Map<string, number>()

  private constructor(kafka: KafkaInstallation, classes: string) {
    this.#kafka = kafka
    this.#classes = classes
  }

  static async start(kafka: KafkaInstallation, classes: string): Promise<GroupBench> {
    const bench = new GroupBench(kafka, classes)
    await bench.restart()
    return bench
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.#port}`
  }

  get dataDirectory(): string {
    return join(this.#folder, 'data')
  }

  async restart(): Promise<void> {
    await this.#broker?.close()
    this.#broker = await startBroker({
      host: '127.0.0.1',
      port: this.#port,
      dataDirectory: this.dataDirectory,
      settings: {
        'group.consumer.min.heartbeat.interval.ms': 200,
        'group.consumer.heartbeat.interval.ms': 200,
        'group.consumer.assignment.interval.ms': 100,
      },
    })
    this.#port = this.#broker.port
  }

  async createTopic(name: string): Promise<void> {
    const admin = new Admin({ bootstrapServers: this.bootstrapServers })
    await admin.createTopics([{ name, partitions }])
    await admin.close()
  }

  /** Some records to each partition; how many there are in all. */
  async produce(topic: string): Promise<number> {
    const producer = new Producer({ bootstrapServers: this.bootstrapServers })
    const each = 50
    for (let index = 0; index < partitions * each; index++) {
      void producer.send({ topic, partition: index % partitions, value: `${index}` })
    }
    await producer.close()
    const total = (this.#produced.get(topic) ?? 0) + partitions * each
    this.#produced.set(topic, total)
    return total
  }

  consumers(group: string): Promise<JavaProgram> {
    return JavaProgram.start(this.#kafka, 'GroupConsumers', this.#classes, [this.bootstrapServers, group])
  }

  async close(): Promise<void> {
    await this.#broker?.close()
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function report(program: JavaProgram, command = 'state'): Promise<Report> {
  const text = await program.ask(command)
  const [read, doubles, failures, have = '{}'] = text.split(' ')
  const loads = Object.fromEntries(
    [...have.matchAll(/(\w+)=\[([^\]]*)\]/g)].map(([, name = '', list = '']) => [
      name,
      list === '' ? 0 : list.split(',').length,
    ]),
  )
  return { read: Number(read), doubles: Number(doubles), failures: Number(failures), loads, text }
}

/** Until the consumers have read so much and have so many partitions each, whoever has which number. */
async function reach(program: JavaProgram, read: number, loads: readonly number[]): Promise<Report> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = await report(program)
    assert.equal(found.doubles, 0, found.text)
    assert.equal(found.failures, 0, found.text)
    const sorted = Object.values(found.loads).toSorted((one, other) => one - other)
    if (found.read === read && sorted.join() === loads.join()) return found
    assert.ok(performance.now() < deadline, `${read} records, ${loads.join()} partitions: ${found.text}`)
    await sleep(100)
  }
}

async function shareAndRestart(bench: GroupBench): Promise<void> {
  await bench.createTopic('shared')
  const program = await bench.consumers('sharing')
  for (const name of ['a', 'b', 'c']) await report(program, `start ${name} consumer shared`)
  await reach(program, await bench.produce('shared'), [4, 4, 4])
  await report(program, 'stop b')
  await report(program, 'start d consumer re2:sha.*d instance')
  const before = await reach(program, await bench.produce('shared'), [4, 4, 4])
  const total = await bench.produce('shared')
  await bench.restart()
  const after = await reach(program, total, [4, 4, 4])
  assert.equal(after.text.split(' ')[3], before.text.split(' ')[3], 'everybody has what it had')
  await report(program, 'stop d')
  await report(program, 'start e consumer re2:sha.*d instance')
  await reach(program, await bench.produce('shared'), [4, 4, 4])
  await program.close()
}

async function migrate(bench: GroupBench): Promise<void> {
  await bench.createTopic('moving')
  const program = await bench.consumers('migrating')
  const admin = new Admin({ bootstrapServers: bench.bootstrapServers })
  for (const name of ['a', 'b', 'c']) await report(program, `start ${name} classic moving`)
  await reach(program, await bench.produce('moving'), [4, 4, 4])
  for (const [old, next, protocol] of [
    ['a', 'd', 'consumer'],
    ['b', 'e', 'consumer'],
    ['c', 'f', 'consumer'],
    ['d', 'g', 'classic'],
    ['e', 'h', 'classic'],
    ['f', 'i', 'classic'],
  ]) {
    await report(program, `stop ${old}`)
    await report(program, `start ${next} ${protocol} moving`)
    await reach(program, await bench.produce('moving'), [4, 4, 4])
    const group = (await admin.listGroups()).find(({ groupId }) => groupId === 'migrating')
    assert.equal(group?.type, next === 'i' ? 'classic' : 'consumer')
  }
  await admin.close()
  await program.close()
}

async function describeGroups(bench: GroupBench, kafka: KafkaInstallation): Promise<void> {
  const program = await bench.consumers('described')
  await report(program, 'start a consumer shared')
  await reach(program, await bench.produce('shared'), [12])
  const tool = async (...argv: string[]): Promise<string[][]> => {
    const mainClass = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand'
    const printed = await runJavaToolBeside(kafka, mainClass, ['--bootstrap-server', bench.bootstrapServers, ...argv])
    return printed
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
  }
  const state = await tool('--describe', '--group', 'described', '--state', '--verbose')
  assert.ok(state.some((words) => words[0] === 'described' && words.includes('uniform') && words.includes('Stable')))
  const members = await tool('--describe', '--group', 'described', '--members', '--verbose')
  assert.ok(members.some((words) => words[0] === 'described' && words.includes('12')))
  const listed = await tool('--list', '--type', '--state')
  assert.ok(listed.some((words) => words.join(' ') === 'described Consumer Stable'))
  await program.close()
}

async function dumpGroups(bench: GroupBench, kafka: KafkaInstallation): Promise<void> {
  const folders = readdirSync(bench.dataDirectory).filter((name) => name.startsWith('__consumer_offsets-'))
  const kinds = new Set<string>()
  for (const folder of folders) {
    const files = readdirSync(join(bench.dataDirectory, folder)).filter((name) => name.endsWith('.log'))
    const paths = files.map((name) => join(bench.dataDirectory, folder, name)).join()
    const argv = ['--offsets-decoder', '--files', paths]
    const printed = await runJavaToolBeside(kafka, 'org.apache.kafka.tools.DumpLogSegments', argv)
    assert.doesNotMatch(printed, /[Cc]ould not (?:be )?(?:decode|read|parse)|error/)
    for (const [, kind = ''] of printed.matchAll(/key: \{"type":"(\d+)"/g)) kinds.add(kind)
  }
  assert.deepEqual([...kinds].toSorted(), ['1', '16', '2', '3', '4', '5', '6', '7', '8'])
}
