import { ErrorCode, KafkaError, controlBatch } from '@streamwright/protocol'
import { offsetsTopicName } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'

/** The end of a producer's transaction in some partitions. */
export interface Marker {
  readonly producerId: number
  readonly producerEpoch: number
  readonly coordinatorEpoch: number
  readonly outcome: 'commit' | 'abort'
  /** Which rule holds for its epoch. */
  readonly transactionVersion: number
}

/** Writes the marker into a partition; resolves, when it will last, with the error to tell, or 0. */
export async function writeMarker(
  services: BrokerServices,
  marker: Marker,
  topicName: string,
  index: number,
): Promise<number> {
  const partition = services.topics.get(topicName)?.partition(index)
  if (partition === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  const { producerId, producerEpoch, coordinatorEpoch, outcome, transactionVersion } = marker
  try {
    // Offsets become visible with their marker: the coordinator of groups has to be there to see it.
    const groups = topicName === offsetsTopicName ? await services.groups() : undefined
    const nowMs = services.environment.clock.wallMs()
    const batch = controlBatch(outcome, coordinatorEpoch, nowMs, { producerId, producerEpoch })
    const { written } = partition.log.append(batch, { origin: 'coordinator', transactionVersion })
    await written
    groups?.endTransaction(index, producerId, outcome)
    return ErrorCode.NONE
  } catch (error) {
    if (error instanceof KafkaError) return error.errorCode
    throw error
  }
}
