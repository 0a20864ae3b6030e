import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBroker } from '@streamwright/broker'
import { freePorts, startKafkaBroker } from '../../apache-kafka/broker.ts'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { JavaTools } from './java-tools.ts'
import type { ToolRun } from './java-tools.ts'

const users = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="a" user_a="a";'

/** Settings that both brokers have. */
const settings: Readonly<Record<string, string>> = {
  'super.users': 'User:ANONYMOUS;User:a',
  'sasl.enabled.mechanisms': 'PLAIN',
  'listener.name.sasl_plaintext.plain.sasl.jaas.config': users,
}

/** A broker with a listener for anybody and one for those who log in. */
interface Asked {
  readonly open: string
  readonly secured: string
  close(): Promise<void>
}

/** Our broker and Apache Kafka, and Java's tools to ask both the same. */
export class TwoBrokers {
  readonly #folder: string
  readonly #tools: JavaTools
  readonly ours: Asked
  readonly theirs: Asked

  private constructor(folder: string, tools: JavaTools, ours: Asked, theirs: Asked) {
    this.#folder = folder
    this.#tools = tools
    this.ours = ours
    this.theirs = theirs
  }

  static async start(kafka: KafkaInstallation, classes: string): Promise<TwoBrokers> {
    const folder = mkdtempSync(join(tmpdir(), 'streamwright-admin-tools-'))
    const [ours, theirs, tools] = await Promise.all([
      startOurs(join(folder, 'data')),
      startTheirs(kafka),
      JavaTools.start(kafka, classes),
    ])
    return new TwoBrokers(folder, tools, ours, theirs)
  }

  /** Writes a file that commands name as `FOLDER/name`. */
  write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text)
  }

  /** Runs a command at one of them, with login if its configuration file is said. */
  run(commandLine: string, at: Asked): Promise<ToolRun> {
    const server = commandLine.includes('login.properties') ? at.secured : at.open
    return this.#tools.run(commandLine.replaceAll('FOLDER', this.#folder), server)
  }

  /**
   * What our broker gives, and Apache Kafka, without what is of one run. Apache Kafka is asked again for a while as
   * long as it says something else: its brokers learn what its controller did a moment later.
   */
  async both(commandLine: string): Promise<{ ours: string; theirs: string }> {
    const ours = comparable(await this.run(commandLine, this.ours))
    let theirs = comparable(await this.run(commandLine, this.theirs))
    const attempts = / (?:--)?(?:describe|list)\b/.test(commandLine) ? 20 : 0
    for (let attempt = 0; theirs !== ours && attempt < attempts; attempt++) {
      await sleep(50)
      theirs = comparable(await this.run(commandLine, this.theirs))
    }
    return { ours, theirs }
  }

  async close(): Promise<void> {
    await Promise.all([this.#tools.close(), this.ours.close(), this.theirs.close()])
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function startOurs(dataDirectory: string): Promise<Asked> {
  const broker = await startBroker({
    dataDirectory,
    settings: {
      ...settings,
      authorizerClassName: 'StandardAuthorizer',
      listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0',
    },
  })
  const [open = '', secured = ''] = broker.addresses
  return { open, secured, close: () => broker.close() }
}

async function startTheirs(kafka: KafkaInstallation): Promise<Asked> {
  const [open = 0, secured = 0, controller = 0] = await freePorts(3)
  const listeners = `PLAINTEXT://127.0.0.1:${open},SASL_PLAINTEXT://127.0.0.1:${secured}`
  const broker = await startKafkaBroker(kafka, {
    settings: {
      ...settings,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      listeners: `${listeners},CONTROLLER://127.0.0.1:${controller}`,
      'advertised.listeners': listeners,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    },
  })
  return { open: `127.0.0.1:${open}`, secured: `127.0.0.1:${secured}`, close: () => broker.stop() }
}

/** What is of one run, and not of the broker: where it is, when it was, which ids it drew. */
const ofOneRun: readonly (readonly [RegExp, string])[] = [
  [/^\s+at .*\n/gm, ''],
  [/127\.0\.0\.1[ :]+\d+/g, 'ADDRESS'],
  [/"?\/tmp\/[\w./-]+"?/g, 'FOLDER'],
  [/Epoch: \d+/g, 'EPOCH'],
  [/adminclient-\d+/g, 'CLIENT'],
  [/^\[\d{4}-[^\]]*\]/gm, 'TIME'],
  [/(TopicId|[cC]luster ?I[dD]): +\S+/g, '$1'],
  // Ours writes fewer records of metadata, and has no listener of its own for controllers.
  [/^HighWatermark: .*/gm, 'HighWatermark'],
  [/^(1\s+A+)\s+\d+\s+0\s+\d+\s+\d+\s/gm, '$1 '],
  [/, "endpoints": \[".*?"\]/g, ''],
]

/** The order of lines is not compared: where it differs, it comes from hash tables. */
function comparable({ status, output, errors }: ToolRun): string {
  let text = `${output}${errors}`
  for (const [pattern, by] of ofOneRun) text = text.replaceAll(pattern, by)
  return [`exit ${status}`, ...text.split('\n').toSorted()].filter((line) => line.trim() !== '').join('\n')
}
