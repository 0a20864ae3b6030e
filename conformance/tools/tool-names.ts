import type { Tool } from '../../packages/cli/src/command-line/tool.ts'
import { aclsTool } from '../../packages/cli/src/acls/acls-tool.ts'
import { apiVersionsTool } from '../../packages/cli/src/cluster/api-versions-tool.ts'
import { clusterTool } from '../../packages/cli/src/cluster/cluster-tool.ts'
import { featuresTool } from '../../packages/cli/src/cluster/features-tool.ts'
import { logDirsTool } from '../../packages/cli/src/cluster/log-dirs-tool.ts'
import { leaderElectionTool } from '../../packages/cli/src/cluster/leader-election-tool.ts'
import { metadataQuorumTool } from '../../packages/cli/src/cluster/metadata-quorum-tool.ts'
import { clientMetricsTool } from '../../packages/cli/src/configs/client-metrics-tool.ts'
import { storageTool } from '../../packages/cli/src/storage/storage-tool.ts'
import { reassignTool } from '../../packages/cli/src/reassign/reassign-tool.ts'
import { configsTool } from '../../packages/cli/src/configs/configs-tool.ts'
import { delegationTokensTool } from '../../packages/cli/src/delegation-tokens/delegation-tokens-tool.ts'
import { dumpLogTool } from '../../packages/cli/src/dump-log/dump-log-tool.ts'
import { transactionsTool } from '../../packages/cli/src/transactions/transactions-tool.ts'
import { consumerGroupsTool } from '../../packages/cli/src/consumer-groups/consumer-groups-tool.ts'
import { consoleConsumer } from '../../packages/cli/src/console/console-consumer.ts'
import { consoleProducer } from '../../packages/cli/src/console/console-producer.ts'
import { deleteRecordsTool } from '../../packages/cli/src/offsets/delete-records-tool.ts'
import { getOffsetsTool } from '../../packages/cli/src/offsets/get-offsets-tool.ts'
import { groupsTool } from '../../packages/cli/src/groups/groups-tool.ts'
import { consumerPerfTest } from '../../packages/cli/src/perf/consumer-perf-test.ts'
import { producerPerfTest } from '../../packages/cli/src/perf/producer-perf-test.ts'
import { streamsApplicationReset } from '../../packages/cli/src/reset/streams-application-reset.ts'
import { streamsGroupsTool } from '../../packages/cli/src/streams-groups/streams-groups-tool.ts'
import { topicsTool } from '../../packages/cli/src/topics/topics-tool.ts'
import { verifiableConsumer } from '../../packages/cli/src/verifiable/verifiable-consumer.ts'
import { verifiableProducer } from '../../packages/cli/src/verifiable/verifiable-producer.ts'

/** Our tools by the names of Kafka's scripts. */
export const tools: Readonly<Record<string, Tool>> = {
  'kafka-topics': topicsTool,
  'kafka-consumer-groups': consumerGroupsTool,
  'kafka-acls': aclsTool,
  'kafka-configs': configsTool,
  'kafka-broker-api-versions': apiVersionsTool,
  'kafka-cluster': clusterTool,
  'kafka-features': featuresTool,
  'kafka-log-dirs': logDirsTool,
  'kafka-leader-election': leaderElectionTool,
  'kafka-metadata-quorum': metadataQuorumTool,
  'kafka-client-metrics': clientMetricsTool,
  'kafka-storage': storageTool,
  'kafka-reassign-partitions': reassignTool,
  'kafka-dump-log': dumpLogTool,
  'kafka-transactions': transactionsTool,
  'kafka-get-offsets': getOffsetsTool,
  'kafka-delete-records': deleteRecordsTool,
  'kafka-groups': groupsTool,
  'kafka-streams-groups': streamsGroupsTool,
  'kafka-delegation-tokens': delegationTokensTool,
  'kafka-console-producer': consoleProducer,
  'kafka-console-consumer': consoleConsumer,
  'kafka-verifiable-producer': verifiableProducer,
  'kafka-verifiable-consumer': verifiableConsumer,
  'kafka-producer-perf-test': producerPerfTest,
  'kafka-consumer-perf-test': consumerPerfTest,
  'kafka-streams-application-reset': streamsApplicationReset,
}
