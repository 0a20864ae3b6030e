import { setTimeout as sleep } from 'node:timers/promises'
import { ApiKey, loadApi } from '@streamwright/protocol'
import type { Ask, Step } from './ask.ts'
import { comparable } from './comparable.ts'
import type { Difference } from './difference.ts'
import type { Outcome, Side } from './side.ts'
import { errorCodes } from './side.ts'

/** Answers that Apache Kafka gives until what was asked before has come to every part of it. */
const settlingTries = 10
const settlingMs = 25

/** What changes nothing, so that it may be asked again. */
const asking: ReadonlySet<number> = new Set([
  ...[ApiKey.ListOffsets, ApiKey.Metadata, ApiKey.OffsetFetch, ApiKey.FindCoordinator, ApiKey.DescribeGroups],
  ...[ApiKey.ListGroups, ApiKey.ApiVersions, ApiKey.OffsetForLeaderEpoch, ApiKey.DescribeAcls, ApiKey.DescribeConfigs],
  ...[ApiKey.DescribeLogDirs, ApiKey.DescribeClientQuotas, ApiKey.DescribeUserScramCredentials],
  ...[ApiKey.DescribeQuorum, ApiKey.DescribeCluster, ApiKey.DescribeProducers, ApiKey.DescribeTransactions],
  ...[ApiKey.ListTransactions, ApiKey.ConsumerGroupDescribe, ApiKey.ListConfigResources],
  ...[ApiKey.DescribeTopicPartitions, ApiKey.ListPartitionReassignments, ApiKey.Fetch],
])

/** What changes topics or settings, which other parts of Apache Kafka learn a moment later. */
const changing: ReadonlySet<number> = new Set([
  ...[ApiKey.CreateTopics, ApiKey.DeleteTopics, ApiKey.CreatePartitions, ApiKey.AlterConfigs],
  ...[ApiKey.IncrementalAlterConfigs, ApiKey.AlterClientQuotas, ApiKey.AlterUserScramCredentials],
  ...[ApiKey.EndTxn, ApiKey.Metadata, ApiKey.CreateAcls, ApiKey.DeleteAcls, ApiKey.UpdateFeatures],
  ...[ApiKey.InitProducerId, ApiKey.FindCoordinator],
])

const concurrentTransactions = 51

/** The same requests to both brokers, and what differs in their answers. */
export class Comparison {
  readonly differences: Difference[] = []
  readonly #ours: Side
  readonly #kafka: Side
  asked = 0

  readonly #tell: (difference: Difference) => void

  constructor(ours: Side, kafka: Side, tell: (difference: Difference) => void) {
    this.#tell = tell
    this.#ours = ours
    this.#kafka = kafka
  }

  async run(area: string, step: Step): Promise<void> {
    const asks: readonly Ask[] = Array.isArray(step) ? (step as readonly Ask[]) : [step as Ask]
    await Promise.all(
      asks.map(async (ask, index) => {
        // Those that are under way at once are sent in their order.
        await sleep(index * 10)
        await this.#compare(area, ask)
      }),
    )
    if (asks.some(({ api }) => changing.has(api))) await this.#settle()
  }

  async #compare(area: string, ask: Ask): Promise<void> {
    let [own, theirs] = await Promise.all([this.#ours.ask(ask), this.#kafka.ask(ask)])
    if (own === null || theirs === null) return
    this.asked += 1
    for (let tries = 0; tries < settlingTries && this.#mayPass(ask, own, theirs); tries++) {
      // oxlint-disable-next-line no-await-in-loop
      await sleep(settlingMs)
      // oxlint-disable-next-line no-await-in-loop
      theirs = (await this.#kafka.ask(ask)) ?? theirs
      // oxlint-disable-next-line no-await-in-loop
      if (asking.has(ask.api)) own = (await this.#ours.ask(ask)) ?? own
    }
    if (this.#same(own, theirs, true)) return
    const { name } = await loadApi(ask.api)
    const difference = {
      area,
      api: name,
      version: ask.version,
      request: JSON.stringify(ask.body, forPeople),
      ours: this.#text(own, this.#ours, true),
      kafka: this.#text(theirs, this.#kafka, true),
      isAboutTexts: this.#same(own, theirs, false),
    }
    this.differences.push(difference)
    this.#tell(difference)
  }

  #mayPass(ask: Ask, own: Outcome, theirs: Outcome): boolean {
    if (this.#same(own, theirs, false)) return false
    if (asking.has(ask.api) && ask.isOnce !== true) return true
    const hasConflict = (outcome: Outcome): boolean =>
      'answer' in outcome && errorCodes(outcome.answer).includes(concurrentTransactions)
    return hasConflict(theirs) && !hasConflict(own)
  }

  #same(own: Outcome, theirs: Outcome, withTexts: boolean): boolean {
    return this.#text(own, this.#ours, withTexts) === this.#text(theirs, this.#kafka, withTexts)
  }

  #text(outcome: Outcome, side: Side, withTexts: boolean): string {
    const names = new Map([...side.known].map(([name, value]) => [value, name]))
    return 'none' in outcome ? outcome.none : JSON.stringify(comparable(outcome.answer, names, withTexts))
  }

  /** Waits until both tell of the same topics. */
  async #settle(): Promise<void> {
    const ask = { api: ApiKey.Metadata, version: 12, body: { topics: null } }
    for (let tries = 0; tries < 400; tries++) {
      // oxlint-disable-next-line no-await-in-loop
      const [own, theirs] = await Promise.all([this.#ours.ask(ask), this.#kafka.ask(ask)])
      if (own !== null && theirs !== null && this.#same(own, theirs, false)) return
      // oxlint-disable-next-line no-await-in-loop
      await sleep(settlingMs)
    }
    await this.#compare('settling', ask)
  }
}

function forPeople(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value)
    return `hex ${Buffer.from(value.data as number[]).toString('hex')}`
  return value
}
