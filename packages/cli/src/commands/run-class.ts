import { KafkaStreams } from '@streamwright/streams'
import { aclsTool } from '../acls/acls-tool.ts'
import { interruption } from '../broker/broker-tool.ts'
import { clientProperties } from '../command-line/client-properties.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { runTool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { apiVersionsTool } from '../cluster/api-versions-tool.ts'
import { clusterTool } from '../cluster/cluster-tool.ts'
import { featuresTool } from '../cluster/features-tool.ts'
import { logDirsTool } from '../cluster/log-dirs-tool.ts'
import { leaderElectionTool } from '../cluster/leader-election-tool.ts'
import { metadataQuorumTool } from '../cluster/metadata-quorum-tool.ts'
import { clientMetricsTool } from '../configs/client-metrics-tool.ts'
import { storageTool } from '../storage/storage-tool.ts'
import { reassignTool } from '../reassign/reassign-tool.ts'
import { consoleConsumer } from '../console/console-consumer.ts'
import { consoleProducer } from '../console/console-producer.ts'
import { configsTool } from '../configs/configs-tool.ts'
import { consumerGroupsTool } from '../consumer-groups/consumer-groups-tool.ts'
import { delegationTokensTool } from '../delegation-tokens/delegation-tokens-tool.ts'
import { dumpLogTool } from '../dump-log/dump-log-tool.ts'
import { groupsTool } from '../groups/groups-tool.ts'
import { deleteRecordsTool } from '../offsets/delete-records-tool.ts'
import { getOffsetsTool } from '../offsets/get-offsets-tool.ts'
import { consumerPerfTest } from '../perf/consumer-perf-test.ts'
import { producerPerfTest } from '../perf/producer-perf-test.ts'
import { streamsApplicationReset } from '../reset/streams-application-reset.ts'
import { streamsGroupsTool } from '../streams-groups/streams-groups-tool.ts'
import { transactionsTool } from '../transactions/transactions-tool.ts'
import { topicsTool } from '../topics/topics-tool.ts'
import { verifiableConsumer } from '../verifiable/verifiable-consumer.ts'
import { verifiableProducer } from '../verifiable/verifiable-producer.ts'
import { applicationId, wordCountTopology } from '../word-count-topology.ts'

/** Kafka's main classes under which older texts start what has a script today. */
const toolOfClass: Readonly<Record<string, Tool>> = {
  'org.apache.kafka.tools.TopicCommand': topicsTool,
  'kafka.admin.TopicCommand': topicsTool,
  'org.apache.kafka.tools.ConsoleProducer': consoleProducer,
  'kafka.tools.ConsoleProducer': consoleProducer,
  'org.apache.kafka.tools.consumer.ConsoleConsumer': consoleConsumer,
  'kafka.tools.ConsoleConsumer': consoleConsumer,
  'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand': consumerGroupsTool,
  'kafka.admin.ConsumerGroupCommand': consumerGroupsTool,
  'org.apache.kafka.tools.GroupsCommand': groupsTool,
  'org.apache.kafka.tools.streams.StreamsGroupCommand': streamsGroupsTool,
  'org.apache.kafka.tools.DelegationTokenCommand': delegationTokensTool,
  'org.apache.kafka.tools.GetOffsetShell': getOffsetsTool,
  'kafka.tools.GetOffsetShell': getOffsetsTool,
  'org.apache.kafka.tools.DeleteRecordsCommand': deleteRecordsTool,
  'org.apache.kafka.tools.AclCommand': aclsTool,
  'kafka.admin.AclCommand': aclsTool,
  'kafka.admin.ConfigCommand': configsTool,
  'org.apache.kafka.tools.DumpLogSegments': dumpLogTool,
  'kafka.tools.DumpLogSegments': dumpLogTool,
  'org.apache.kafka.tools.TransactionsCommand': transactionsTool,
  'org.apache.kafka.tools.BrokerApiVersionsCommand': apiVersionsTool,
  'org.apache.kafka.tools.ClusterTool': clusterTool,
  'org.apache.kafka.tools.FeatureCommand': featuresTool,
  'org.apache.kafka.tools.LogDirsCommand': logDirsTool,
  'org.apache.kafka.tools.LeaderElectionCommand': leaderElectionTool,
  'org.apache.kafka.tools.MetadataQuorumCommand': metadataQuorumTool,
  'org.apache.kafka.tools.ClientMetricsCommand': clientMetricsTool,
  'kafka.tools.StorageTool': storageTool,
  'org.apache.kafka.tools.reassign.ReassignPartitionsCommand': reassignTool,
  'org.apache.kafka.tools.VerifiableProducer': verifiableProducer,
  'org.apache.kafka.tools.VerifiableConsumer': verifiableConsumer,
  'org.apache.kafka.tools.ProducerPerformance': producerPerfTest,
  'org.apache.kafka.tools.ConsumerPerformance': consumerPerfTest,
  'org.apache.kafka.tools.StreamsResetter': streamsApplicationReset,
  'kafka.tools.StreamsResetter': streamsApplicationReset,
}

const wordCountClass = 'org.apache.kafka.streams.examples.wordcount.WordCountDemo'

/** `kafka-run-class CLASS …`: the class decides what runs, so its arguments are not looked at here. */
export async function runClass(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [className, ...rest] = argv.filter((argument) => argument !== '-daemon')
  if (className === wordCountClass) return runTool(wordCountDemo, rest, terminal)
  const tool = className === undefined ? undefined : toolOfClass[className]
  if (tool !== undefined) return runTool(tool, rest, terminal)
  terminal.error(
    `There is no class ${className ?? ''} here. Known are ${[wordCountClass, ...Object.keys(toolOfClass)].join(', ')}\n`,
  )
  return 1
}

/** Kafka's example: counts words until it is interrupted, and prints nothing. An argument names a properties file. */
const wordCountDemo: Tool = {
  name: wordCountClass,
  about: 'Counts the words of streams-plaintext-input into streams-wordcount-output.',
  options: {
    'bootstrap-server': { about: 'Brokers to connect to. Default: localhost:9092.', argumentName: 'servers' },
  },
  async run(options, terminal) {
    if (options.words.length > 1)
      throw new UsageError('This program takes one argument: the path to an input configuration file.')
    const streams = new KafkaStreams(
      wordCountTopology(),
      {
        applicationId,
        bootstrapServers: options.value('bootstrap-server') ?? 'localhost:9092',
        statestoreCacheMaxBytes: 0,
        ...clientProperties(options.words, []),
      },
      terminal.environment,
    )
    const failed = new Promise<never>((_resolve, reject) => streams.onFailure(reject))
    await Promise.race([streams.start(), failed])
    await Promise.race([interruption(terminal.interrupted), failed])
    await streams.close()
    return 0
  },
}
