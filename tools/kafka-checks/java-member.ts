import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'

interface JavaEvent {
  readonly name: string
  readonly count?: number
  readonly partitions?: readonly { readonly partition: number }[]
  readonly partition?: number
  readonly offset?: number
  readonly value?: string
}

/** Java's `VerifiableConsumer`: what it says that it owns and has read. */
export class JavaMember {
  readonly owned: Set<number> = new Set()
  /** How many records it has read. */
  records = 0
  /** With `--verbose`: the values that it has read, by partition and offset as `2-17`. */
  readonly values: Map<string, string> = new Map()
  readonly #child: ChildProcess

  constructor(kafka: KafkaInstallation, argv: readonly string[]) {
    const args = kafka.javaArguments('org.apache.kafka.tools.VerifiableConsumer', { shortLived: true })
    const child = spawn('java', [...args, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    createInterface(child.stdout).on('line', (line) => {
      // The last line of one that was killed may have no end.
      if (line.endsWith('}')) this.#heard(JSON.parse(line) as JavaEvent)
    })
  }

  /** Lets it commit and leave the group. */
  async close(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Ends it where it stands. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#child.kill(signal)
    await exited
  }

  #heard({ name, partitions = [], count = 0, partition, offset, value = '' }: JavaEvent): void {
    for (const place of partitions) {
      if (name === 'partitions_assigned') this.owned.add(place.partition)
      if (name === 'partitions_revoked') this.owned.delete(place.partition)
    }
    if (name === 'records_consumed') this.records += count
    if (name === 'record_data') this.values.set(`${partition}-${offset}`, value)
  }
}
