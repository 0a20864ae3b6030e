import type { Terminal, Tool } from '../command-line/tool.ts'
import { runTool } from '../command-line/tool.ts'

/** A name under `streamwright`, with what runs behind it: loaded when it is asked for, so that each starts quickly. */
export interface Command {
  readonly name: string
  readonly about: string
  /** Ctrl-C is the usual way to end it, so the exit status is its own. */
  readonly endsOrderlyOnSignal: boolean
  /** For whoever sits at the terminal: ends in order with the terminal's window, or with the npm that runs it. */
  readonly isForeground?: boolean
  /** The tool behind it, where its options are data. */
  readonly load?: () => Promise<Tool>
  run(argv: readonly string[], terminal: Terminal): Promise<number>
}

function command(name: string, about: string, load: () => Promise<Tool>, endsOrderlyOnSignal = false): Command {
  return {
    name,
    about,
    endsOrderlyOnSignal,
    load,
    run: async (argv, terminal) => runTool(await load(), argv, terminal),
  }
}

export const commands: readonly Command[] = [
  {
    ...command(
      'start',
      'the broker, and the word count over standard input',
      async () => (await import('../start/start-tool.ts')).startTool,
      true,
    ),
    isForeground: true,
  },
  command(
    'broker',
    'the broker alone (kafka-server-start)',
    async () => (await import('../broker/broker-tool.ts')).brokerTool,
    true,
  ),
  command(
    'server-start',
    'as broker, under the name of its script',
    async () => (await import('../broker/broker-tool.ts')).brokerTool,
    true,
  ),
  command(
    'server-stop',
    'end the broker of a server.properties (kafka-server-stop)',
    async () => (await import('../broker/server-stop-tool.ts')).serverStopTool,
  ),
  command(
    'topics',
    'create, list, describe, alter, delete topics (kafka-topics)',
    async () => (await import('../topics/topics-tool.ts')).topicsTool,
  ),
  command(
    'console-producer',
    'lines of standard input into a topic (kafka-console-producer)',
    async () => (await import('../console/console-producer.ts')).consoleProducer,
  ),
  command(
    'console-consumer',
    'print the records of topics (kafka-console-consumer)',
    async () => (await import('../console/console-consumer.ts')).consoleConsumer,
  ),
  command(
    'verifiable-producer',
    'numbers into a topic, an event for each (kafka-verifiable-producer)',
    async () => (await import('../verifiable/verifiable-producer.ts')).verifiableProducer,
  ),
  command(
    'verifiable-consumer',
    'read a topic, an event for all that happens (kafka-verifiable-consumer)',
    async () => (await import('../verifiable/verifiable-consumer.ts')).verifiableConsumer,
  ),
  command(
    'producer-perf-test',
    'write records as fast as can be, and say how fast that was (kafka-producer-perf-test)',
    async () => (await import('../perf/producer-perf-test.ts')).producerPerfTest,
  ),
  command(
    'consumer-perf-test',
    'read records as fast as can be, and say how fast that was (kafka-consumer-perf-test)',
    async () => (await import('../perf/consumer-perf-test.ts')).consumerPerfTest,
  ),
  command(
    'consumer-groups',
    'list, describe, delete groups, reset their offsets (kafka-consumer-groups)',
    async () => (await import('../consumer-groups/consumer-groups-tool.ts')).consumerGroupsTool,
  ),
  command(
    'streams-groups',
    'groups of Streams applications, their offsets and topics (kafka-streams-groups)',
    async () => (await import('../streams-groups/streams-groups-tool.ts')).streamsGroupsTool,
  ),
  command(
    'groups',
    'list groups of all types (kafka-groups)',
    async () => (await import('../groups/groups-tool.ts')).groupsTool,
  ),
  command(
    'get-offsets',
    'offsets of partitions by time or place (kafka-get-offsets)',
    async () => (await import('../offsets/get-offsets-tool.ts')).getOffsetsTool,
  ),
  command(
    'delete-records',
    'delete records before offsets (kafka-delete-records)',
    async () => (await import('../offsets/delete-records-tool.ts')).deleteRecordsTool,
  ),
  command(
    'configs',
    'settings of topics, brokers, groups (kafka-configs)',
    async () => (await import('../configs/configs-tool.ts')).configsTool,
  ),
  command(
    'acls',
    'add, remove, list rules about who may do what (kafka-acls)',
    async () => (await import('../acls/acls-tool.ts')).aclsTool,
  ),
  command(
    'delegation-tokens',
    "tokens with which programs log in in a user's place (kafka-delegation-tokens)",
    async () => (await import('../delegation-tokens/delegation-tokens-tool.ts')).delegationTokensTool,
  ),
  command(
    'dump-log',
    'what the files of a log hold (kafka-dump-log)',
    async () => (await import('../dump-log/dump-log-tool.ts')).dumpLogTool,
  ),
  command(
    'transactions',
    'look at transactions, end those that hang (kafka-transactions)',
    async () => (await import('../transactions/transactions-tool.ts')).transactionsTool,
  ),
  command(
    'streams-application-reset',
    'reset an application (kafka-streams-application-reset)',
    async () => (await import('../reset/streams-application-reset.ts')).streamsApplicationReset,
  ),
  command(
    'broker-api-versions',
    'versions of APIs that brokers offer (kafka-broker-api-versions)',
    async () => (await import('../cluster/api-versions-tool.ts')).apiVersionsTool,
  ),
  command(
    'cluster',
    'id and nodes of the cluster (kafka-cluster)',
    async () => (await import('../cluster/cluster-tool.ts')).clusterTool,
  ),
  command(
    'features',
    'levels of features (kafka-features)',
    async () => (await import('../cluster/features-tool.ts')).featuresTool,
  ),
  command(
    'log-dirs',
    'directories of brokers, with sizes of logs (kafka-log-dirs)',
    async () => (await import('../cluster/log-dirs-tool.ts')).logDirsTool,
  ),
  command(
    'leader-election',
    'elect leaders of partitions (kafka-leader-election)',
    async () => (await import('../cluster/leader-election-tool.ts')).leaderElectionTool,
  ),
  command(
    'metadata-quorum',
    'the controllers of the cluster (kafka-metadata-quorum)',
    async () => (await import('../cluster/metadata-quorum-tool.ts')).metadataQuorumTool,
  ),
  command(
    'client-metrics',
    'subscriptions to metrics of clients (kafka-client-metrics)',
    async () => (await import('../configs/client-metrics-tool.ts')).clientMetricsTool,
  ),
  command(
    'storage',
    'directories of a broker before it starts (kafka-storage)',
    async () => (await import('../storage/storage-tool.ts')).storageTool,
  ),
  command(
    'reassign-partitions',
    'move partitions between brokers and directories (kafka-reassign-partitions)',
    async () => (await import('../reassign/reassign-tool.ts')).reassignTool,
  ),
  {
    name: 'run-class',
    about: "run what one of Kafka's main classes is called here (kafka-run-class)",
    endsOrderlyOnSignal: true,
    run: async (argv, terminal) => (await import('./run-class.ts')).runClass(argv, terminal),
  },
  command(
    'zookeeper',
    'says that Kafka needs no ZooKeeper any more',
    async () => (await import('./zookeeper.ts')).zookeeperTool,
  ),
  command('completion', 'what bash, zsh or fish source to complete commands and options', async () =>
    (await import('../completion/completion-tool.ts')).completionTool(commands),
  ),
]
