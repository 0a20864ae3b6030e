import type { Init } from '@streamwright/protocol'
import { zeroUuid } from '@streamwright/protocol'
import type {
  ProduceRequest,
  ProduceResponse,
  ProduceResponsePartitionProduce,
} from '@streamwright/protocol/messages/produce'
import type { Cluster } from '../cluster/cluster.ts'
import type { ProducerBatch } from './producer-batch.ts'

/** The last version that names topics by name. */
const namesUntil = 12
/** The first version with which brokers add partitions to the transaction by themselves. */
const addsPartitionsFrom = 12

/** A batch with its bytes, ready to be sent. */
export interface SealedBatch {
  readonly batch: ProducerBatch
  readonly records: Buffer
}

/** One request with at most one batch for each partition. */
export interface ProduceCall {
  readonly request: Init<ProduceRequest>
  /** In a transaction the version says which protocol is spoken. */
  readonly minVersion: number
  /** Topic ids are known for all topics from version 13 on, or it must not be used. */
  readonly maxVersion: number
  /** The answer for a batch; undefined if the broker left it out. */
  answerFor(batch: ProducerBatch, response: ProduceResponse): ProduceResponsePartitionProduce | undefined
}

export function produceCall(
  sealed: readonly SealedBatch[],
  cluster: Cluster,
  acks: number,
  timeoutMs: number,
  transactions?: { readonly transactionalId: string; readonly usesEpochs: boolean },
): ProduceCall {
  const topics = new Map<
    string,
    { readonly topicId: string; readonly partitionData: { index: number; records: Buffer }[] }
  >()
  for (const { batch, records } of sealed) {
    const { topic, partition } = batch.queue
    let data = topics.get(topic)
    if (data === undefined) {
      data = { topicId: cluster.cachedTopic(topic)?.topicId ?? zeroUuid, partitionData: [] }
      topics.set(topic, data)
      cluster.markUsed(topic)
    }
    data.partitionData.push({ index: partition, records })
  }
  const topicData = [...topics].map(([name, { topicId, partitionData }]) => ({ name, topicId, partitionData }))
  const hasIds = topicData.every(({ topicId }) => topicId !== zeroUuid)
  const isClassic = transactions?.usesEpochs === false
  return {
    request: { transactionalId: transactions?.transactionalId ?? null, acks, timeoutMs, topicData },
    minVersion: transactions?.usesEpochs === true ? addsPartitionsFrom : 0,
    maxVersion: isClassic ? addsPartitionsFrom - 1 : hasIds ? Infinity : namesUntil,
    answerFor(batch, response) {
      const { topic, partition } = batch.queue
      const topicId = topics.get(topic)?.topicId
      const answer = response.responses.find(
        (each) => each.name === topic || (each.name === '' && each.topicId === topicId),
      )
      return answer?.partitionResponses.find(({ index }) => index === partition)
    },
  }
}
