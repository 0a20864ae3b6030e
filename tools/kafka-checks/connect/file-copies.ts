import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import type { CheckList } from '../check-list.ts'
import type { ConnectWorker } from './connect-worker.ts'
import { NumberedLines, fileHas, topicHas } from './lines.ts'

const source = 'org.apache.kafka.connect.file.FileStreamSourceConnector'
const sink = 'org.apache.kafka.connect.file.FileStreamSinkConnector'

/** A file goes by a connector into a topic, and by another into a file. What is done to both shows in what arrives. */
export class FileCopies {
  readonly #broker: Broker
  readonly #worker: ConnectWorker
  readonly #lines: NumberedLines
  readonly #copy: string
  /** What the copy should have by now. */
  #copied: string[] = []

  constructor(broker: Broker, worker: ConnectWorker, folder: string) {
    this.#broker = broker
    this.#worker = worker
    this.#lines = new NumberedLines(join(folder, 'lines'))
    this.#copy = join(folder, 'copy')
  }

  async check(list: CheckList): Promise<void> {
    await list.check("Java's Connect starts on our broker, and compacts its topics", () => this.#startsWell())
    await list.check('a file goes through a topic into a file, by Connect on our broker', () => this.#copies())
    await list.check('connectors are paused, resumed, restarted and given other settings, on our broker', () =>
      this.#administered(),
    )
    await list.check("a source connector's offsets are read, set and removed, on our broker", () =>
      this.#sourceOffsets(),
    )
    await list.check("a sink connector's offsets are read, set and removed, on our broker", () => this.#sinkOffsets())
  }

  async #startsWell(): Promise<void> {
    const admin = new Admin({ bootstrapServers: this.#broker.bootstrapServers })
    const topics = ['connect-config', 'connect-offset', 'connect-status']
    const described = await admin.describeTopics(topics)
    assert.deepEqual(
      topics.map((name) => described.get(name)?.partitions.length),
      [1, 3, 2],
    )
    const configs = await admin.describeConfigs(topics.map((name) => ({ type: 'topic', name })))
    for (const name of topics) {
      const policy = configs.get(`topic:${name}`)?.find((config) => config.name === 'cleanup.policy')
      assert.equal(policy?.value, 'compact', name)
    }
    const { clusterId } = await admin.describeCluster()
    await admin.close()
    const root = (await this.#worker.ask('GET', '/')) as { kafka_cluster_id: string }
    assert.equal(root.kafka_cluster_id, clusterId)
  }

  async #copies(): Promise<void> {
    this.#lines.append(5_000)
    await this.#worker.configure('source', this.#sourceConfig('lines'))
    await this.#worker.configure('sink', {
      'connector.class': sink,
      'tasks.max': 1,
      topics: 'lines',
      file: this.#copy,
    })
    await this.#arrives()
    this.#lines.append(500)
    await this.#arrives()
  }

  async #administered(): Promise<void> {
    const worker = this.#worker
    await worker.ask('PUT', '/connectors/source/pause')
    await worker.until('source', 'paused', ({ tasks }) => tasks.every(({ state }) => state === 'PAUSED'))
    const before = this.#lines.lines.length
    this.#lines.append(500)
    // Long enough for a task that has not paused: it looks for lines every 100 ms or more often.
    await sleep(500)
    await topicHas(this.#broker.bootstrapServers, 'lines', this.#lines.lines.slice(0, before))
    await worker.ask('PUT', '/connectors/source/resume')
    await this.#arrives()
    await worker.ask('POST', '/connectors/sink/tasks/0/restart')
    await worker.ask('POST', '/connectors/source/restart?includeTasks=true&onlyFailed=false')
    await worker.running('source', 1)
    await worker.running('sink', 1)
    this.#lines.append(500)
    await this.#arrives()
    await worker.configure('source', this.#sourceConfig('other-lines'))
    const old = this.#lines.lines.length
    this.#lines.append(500)
    await topicHas(this.#broker.bootstrapServers, 'other-lines', this.#lines.lines.slice(old))
    await topicHas(this.#broker.bootstrapServers, 'lines', this.#lines.lines.slice(0, old))
  }

  async #sourceOffsets(): Promise<void> {
    const { bootstrapServers } = this.#broker
    const { lines } = this.#lines
    const partition = { filename: this.#lines.path }
    const all = { partition, offset: { position: this.#lines.bytesOf(lines.length) } }
    while ((await this.#worker.offsets('source'))[0]?.offset?.['position'] !== all.offset.position) await sleep(50)
    assert.deepEqual(await this.#worker.offsets('source'), [all])
    const expected = lines.slice(-500)
    const back = lines.length - 100
    await this.#worker.changeOffsets('source', [{ partition, offset: { position: this.#lines.bytesOf(back) } }])
    expected.push(...lines.slice(back))
    await topicHas(bootstrapServers, 'other-lines', expected)
    await this.#worker.changeOffsets('source', 'reset')
    expected.push(...lines)
    await topicHas(bootstrapServers, 'other-lines', expected)
  }

  async #sinkOffsets(): Promise<void> {
    const end = this.#copied.length
    const partition = { kafka_topic: 'lines', kafka_partition: 0 }
    const all = { partition, offset: { kafka_offset: end } }
    while ((await this.#worker.offsets('sink'))[0]?.offset?.['kafka_offset'] !== end) await sleep(50)
    assert.deepEqual(await this.#worker.offsets('sink'), [all])
    const lines = this.#copied.slice()
    await this.#worker.changeOffsets('sink', [{ partition, offset: { kafka_offset: end - 10 } }])
    this.#copied.push(...lines.slice(-10))
    await fileHas(this.#copy, this.#copied)
    await this.#worker.changeOffsets('sink', 'reset')
    this.#copied.push(...lines)
    await fileHas(this.#copy, this.#copied)
  }

  #sourceConfig(topic: string): Readonly<Record<string, unknown>> {
    return { 'connector.class': source, 'tasks.max': 1, topic, file: this.#lines.path }
  }

  async #arrives(): Promise<void> {
    await topicHas(this.#broker.bootstrapServers, 'lines', this.#lines.lines)
    await fileHas(this.#copy, this.#lines.lines)
    this.#copied = this.#lines.lines.slice()
  }
}
