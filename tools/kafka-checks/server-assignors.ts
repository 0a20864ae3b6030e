import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUuid } from '@streamwright/protocol'
import type { Random } from '@streamwright/std'
import { seededRandom } from '@streamwright/std'
import type { AssignedMember, Assignor } from '../../packages/broker/src/groups/consumer/assignors/assignor.ts'
import { compareStrings, stringsInHashOrder } from '../../packages/broker/src/groups/consumer/java-order.ts'
import { assignors } from '../../packages/broker/src/groups/consumer/target-assignment.ts'
import type { TopicPartitions } from '../../packages/broker/src/groups/consumer/topic-partitions.ts'
import { noPartitions, topicPartitionLists } from '../../packages/broker/src/groups/consumer/topic-partitions.ts'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'

const chains = 300
const roundsPerChain = 8

/** Random groups, round after round, get the same targets from our assignors as from Java's. */
export function assignorsAlike(kafka: KafkaInstallation, classes: string): void {
  const lines: string[] = []
  const answers: string[] = []
  for (let seed = 1; seed <= chains; seed++) {
    const chain = new Chain(seededRandom(seed))
    for (let round = 0; round < roundsPerChain; round++) {
      lines.push(chain.next())
      answers.push(chain.assign())
    }
  }
  const { stdout, stderr } = spawnSync('java', kafka.javaArguments('ServerAssignors', { classes, shortLived: true }), {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  const wanted = stdout.trimEnd().split('\n')
  assert.equal(wanted.length, lines.length, stderr)
  for (const [index, line] of lines.entries()) assert.equal(answers[index], wanted[index], line)
}

/** A group over time: each round begins with the target of the one before. */
class Chain {
  readonly #random: Random
  readonly #name: string
  readonly #assignor: Assignor
  readonly #isAlike: boolean
  readonly #partitions = new Map<string, number>()
  #members = new Map<string, AssignedMember>()

  constructor(random: Random) {
    this.#random = random
    this.#name = random.below(4) === 0 ? 'range' : 'uniform'
    this.#assignor = assignors.get(this.#name) ?? (() => new Map())
    this.#isAlike = random.below(2) === 0
    for (let topic = 0; topic <= random.below(6); topic++)
      this.#partitions.set(randomUuid(random), 1 + random.below(40))
  }

  /** Members come and go, topics grow; the group as a line. */
  next(): string {
    const random = this.#random
    for (const topic of this.#partitions.keys()) {
      if (random.below(8) === 0) this.#partitions.set(topic, (this.#partitions.get(topic) ?? 0) + 1 + random.below(5))
    }
    if (random.below(6) === 0) this.#partitions.set(randomUuid(random), 1 + random.below(20))
    for (const id of this.#members.keys()) if (random.below(5) === 0) this.#members.delete(id)
    for (let joining = random.below(random.below(3) === 0 ? 20 : 4); joining >= 0; joining--) {
      const instanceId = random.below(4) === 0 ? `instance-${random.below(1000)}` : null
      this.#members.set(randomUuid(random), { instanceId, topicIds: new Set(), target: noPartitions })
    }
    this.#members = new Map([...this.#members].map(([id, member]) => [id, this.#subscribed(member)]))
    const topics = [...this.#partitions].map(([id, count]) => `${id}=${count}`).join()
    const members = [...this.#members].map(([id, { instanceId, topicIds, target }]) =>
      [id, instanceId ?? '', [...topicIds].join('+'), textOf(target)].join(';'),
    )
    return [this.#name, this.#isAlike ? 'HOMOGENEOUS' : 'HETEROGENEOUS', topics, ...members].join(' ')
  }

  /** The target as a line. It is what the next round begins with. */
  assign(): string {
    const members = new Map(
      stringsInHashOrder(this.#members.keys()).flatMap((id) => {
        const member = this.#members.get(id)
        return member === undefined ? [] : [[id, member] as const]
      }),
    )
    const targets = this.#assignor({
      members,
      isHomogeneous: this.#isAlike,
      partitionCount: (topicId) => this.#partitions.get(topicId) ?? 0,
    })
    for (const [id, member] of this.#members) {
      this.#members.set(id, { ...member, target: targets.get(id) ?? noPartitions })
    }
    const answers = [...targets].toSorted(([one], [other]) => compareStrings(one, other))
    return answers.map(([id, target]) => `${id};${textOf(target)}`).join(' ')
  }

  #subscribed(member: AssignedMember): AssignedMember {
    const all = [...this.#partitions.keys()]
    if (this.#isAlike) return { ...member, topicIds: new Set(all) }
    if (member.topicIds.size > 0 && this.#random.below(4) > 0) return member
    return { ...member, topicIds: new Set(all.filter(() => this.#random.below(3) > 0)) }
  }
}

function textOf(target: TopicPartitions): string {
  return topicPartitionLists(target)
    .filter(({ partitions }) => partitions.length > 0)
    .toSorted((one, other) => compareStrings(one.topicId, other.topicId))
    .map(({ topicId, partitions }) => `${topicId}:${partitions.join('.')}`)
    .join('+')
}
