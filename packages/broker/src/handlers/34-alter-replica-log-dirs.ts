import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@streamwright/protocol/messages/alter-replica-log-dirs'
import { alterReplicaLogDirs } from '@streamwright/protocol/messages/alter-replica-log-dirs'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** AlterReplicaLogDirs v1–v2. v2: flexible. There is one directory, and what is to be moved to it is there already. */
export const alterReplicaLogDirsHandler: AnyHandler = handler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse>({
  api: alterReplicaLogDirs,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    return resultsOf(request, (path, topic, partition) => {
      if (path !== services.logs.path) return ErrorCode.LOG_DIR_NOT_FOUND
      const exists = services.topics.get(topic)?.partition(partition) !== undefined
      return exists ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    })
  },

  refuse: (request, errorCode) => resultsOf(request, () => errorCode),
})

function resultsOf(
  request: AlterReplicaLogDirsRequest,
  codeOf: (path: string, topic: string, partition: number) => number,
): { results: { topicName: string; partitions: { partitionIndex: number; errorCode: number }[] }[] } {
  const results = request.dirs.flatMap(({ path, topics }) =>
    topics.map(({ name, partitions }) => ({
      topicName: name,
      partitions: partitions.map((partitionIndex) => ({
        partitionIndex,
        errorCode: codeOf(path, name, partitionIndex),
      })),
    })),
  )
  return { results }
}
