import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { JavaProgram } from '../java-program.ts'

/** What a tool did. */
export interface ToolRun {
  readonly status: number
  readonly output: string
  readonly errors: string
}

const classOf: Readonly<Record<string, string>> = {
  'kafka-acls': 'org.apache.kafka.tools.AclCommand',
  'kafka-broker-api-versions': 'org.apache.kafka.tools.BrokerApiVersionsCommand',
  'kafka-client-metrics': 'org.apache.kafka.tools.ClientMetricsCommand',
  'kafka-cluster': 'org.apache.kafka.tools.ClusterTool',
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
  'kafka-delegation-tokens': 'org.apache.kafka.tools.DelegationTokenCommand',
  'kafka-delete-records': 'org.apache.kafka.tools.DeleteRecordsCommand',
  'kafka-e2e-latency': 'org.apache.kafka.tools.EndToEndLatency',
  'kafka-features': 'org.apache.kafka.tools.FeatureCommand',
  'kafka-get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-groups': 'org.apache.kafka.tools.GroupsCommand',
  'kafka-leader-election': 'org.apache.kafka.tools.LeaderElectionCommand',
  'kafka-log-dirs': 'org.apache.kafka.tools.LogDirsCommand',
  'kafka-metadata-quorum': 'org.apache.kafka.tools.MetadataQuorumCommand',
  'kafka-producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-reassign-partitions': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'kafka-share-groups': 'org.apache.kafka.tools.consumer.group.ShareGroupCommand',
  'kafka-streams-groups': 'org.apache.kafka.tools.streams.StreamsGroupCommand',
  'kafka-topics': 'org.apache.kafka.tools.TopicCommand',
  'kafka-transactions': 'org.apache.kafka.tools.TransactionsCommand',
}

/** Java's command line tools under the names of their scripts, in one JVM: some hundredths of a second each. */
export class JavaTools {
  readonly #program: JavaProgram

  private constructor(program: JavaProgram) {
    this.#program = program
  }

  /** `classes` has the compiled `Tools.java`. */
  static async start(kafka: KafkaInstallation, classes: string): Promise<JavaTools> {
    return new JavaTools(await JavaProgram.start(kafka, 'Tools', classes, []))
  }

  /** Runs a command line in which no argument has blanks. */
  async run(commandLine: string, bootstrapServers: string): Promise<ToolRun> {
    const [script = '', ...argv] = commandLine.split(' ')
    const mainClass = classOf[script]
    if (mainClass === undefined) throw new Error(`No class of ${script} is known here`)
    // One tool has this option for each of its sub-commands, another before them.
    const server = ['--bootstrap-server', bootstrapServers]
    const words = script === 'kafka-cluster' ? [...argv, ...server] : [...server, ...argv]
    const answer = await this.#program.ask([mainClass, ...words].join('\t'))
    const [status, output = '', errors = ''] = answer.split('\t')
    const text = (base64: string): string => Buffer.from(base64, 'base64').toString()
    return { status: Number(status), output: text(output), errors: text(errors) }
  }

  close(): Promise<void> {
    return this.#program.close()
  }
}
