import { Admin, Consumer, Producer } from '@streamwright/client'
import type { Environment } from '@streamwright/std'
import { delay } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, textAt } from '../json.ts'
import { recordOf } from './neutral-actions.ts'

const joinMaxMs = 20_000
const pollMs = 50

/** Actions whose clients go on to run: members of groups, and producers with open transactions. */
export const clientActions: readonly string[] = [
  'member',
  'stopMember',
  'waitGroup',
  'txnBegin',
  'txnCommit',
  'txnAbort',
]

/** The clients of one case. */
export class RunningClients {
  readonly #bootstrapServers: string
  readonly #environment: Environment
  readonly #members = new Map<string, { readonly consumer: Consumer; readonly loop: Promise<void>; stopped: boolean }>()
  readonly #producers = new Map<string, Producer>()

  constructor(bootstrapServers: string, environment: Environment) {
    this.#bootstrapServers = bootstrapServers
    this.#environment = environment
  }

  async run(action: JsonObject): Promise<void> {
    switch (action['op']) {
      case 'member':
        return this.#join(action)
      case 'stopMember':
        return this.#leave(textAt(action, 'clientId'))
      case 'waitGroup':
        return this.#waitFor(textAt(action, 'group'), textAt(action, 'state'), action['ms'])
      case 'txnBegin':
        return this.#begin(action)
      case 'txnCommit':
        return this.#producers.get(textAt(action, 'id'))?.commitTransaction()
      default:
        return this.#producers.get(textAt(action, 'id'))?.abortTransaction()
    }
  }

  async close(): Promise<void> {
    for (const clientId of this.#members.keys()) await this.#leave(clientId)
    // Whatever transaction is left open may have been ended by a tool.
    for (const producer of this.#producers.values()) await producer.close({ timeoutMs: 1000 }).catch(() => undefined)
  }

  async #join(action: JsonObject): Promise<void> {
    const clientId = textAt(action, 'clientId')
    const config = isRecord(action['config']) ? action['config'] : {}
    const consumer = new Consumer(
      {
        autoOffsetReset: 'earliest',
        enableAutoCommit: false,
        ...config,
        ...{ clientId, groupId: textAt(action, 'group'), bootstrapServers: this.#bootstrapServers },
      },
      this.#environment,
    )
    consumer.subscribe((action['topics'] ?? []) as string[])
    const commits = action['commit'] !== false
    const member = { consumer, loop: Promise.resolve(), stopped: false }
    member.loop = this.#poll(member, commits)
    this.#members.set(clientId, member)
    const { clock, timers } = this.#environment
    const endMs = clock.monotonicMs() + joinMaxMs
    // A member may be left without partitions: then waiting is all that can be done.
    const settle = typeof action['settle'] === 'number' ? action['settle'] : 0
    while (consumer.assignment().length === 0 && clock.monotonicMs() < endMs - (settle > 3000 ? joinMaxMs - settle : 0))
      await delay(timers, pollMs)
    await delay(timers, settle)
  }

  async #poll(member: { readonly consumer: Consumer; stopped: boolean }, commits: boolean): Promise<void> {
    while (!member.stopped) {
      try {
        const batches = await member.consumer.poll(pollMs)
        for (const batch of batches) {
          const cursor = batch.batch.records()
          while (cursor.next());
        }
        // Only what was polled: somebody may be reading the topic of the offsets.
        if (commits && batches.length > 0) await member.consumer.commit()
      } catch {
        // A rebalance: the next poll joins again.
        if (member.stopped) return
      }
    }
  }

  async #leave(clientId: string): Promise<void> {
    const member = this.#members.get(clientId)
    if (member === undefined) return
    this.#members.delete(clientId)
    member.stopped = true
    await member.loop
    await member.consumer.close()
  }

  async #waitFor(group: string, state: string, ms: unknown): Promise<void> {
    const { clock, timers } = this.#environment
    const admin = new Admin({ bootstrapServers: this.#bootstrapServers }, this.#environment)
    try {
      const endMs = clock.monotonicMs() + (typeof ms === 'number' ? ms : joinMaxMs)
      while (clock.monotonicMs() < endMs) {
        // The list has groups of all types.
        const listed = (await admin.listGroups()).find(({ groupId }) => groupId === group)
        if ((listed?.state ?? 'Dead') === state) return
        await delay(timers, pollMs)
      }
      throw new Error(`${group} did not become ${state}`)
    } finally {
      await admin.close()
    }
  }

  async #begin(action: JsonObject): Promise<void> {
    const id = textAt(action, 'id')
    let producer = this.#producers.get(id)
    if (producer === undefined) {
      producer = new Producer({ bootstrapServers: this.#bootstrapServers, transactionalId: id }, this.#environment)
      this.#producers.set(id, producer)
      await producer.initTransactions()
    }
    producer.beginTransaction()
    await producer.send(listAt(action, 'records').map((record) => recordOf(textAt(action, 'topic'), record)))
  }
}
