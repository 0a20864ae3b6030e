import type { Environment } from '@streamwright/std'
import { Admin, Consumer, eachRecord } from '@streamwright/client'
import type { ConsumedRecord } from '@streamwright/client'

/** What an example is given to run with. */
export interface ExampleOptions {
  readonly bootstrapServers: string
  /** Ends after so many input records; undefined runs until interrupted. */
  readonly records: number | undefined
  readonly print: (line: string) => void
  readonly interrupted: AbortSignal
  /** Where stores keep files. Default: the user's state directory. */
  readonly stateDirectory?: string
  /** Where its log, among others, goes. Default: that of any program, warnings on standard error. */
  readonly environment?: Environment
}

export type Example = (options: ExampleOptions) => Promise<void>

/** Creates the topics that are not there yet. Their records stay, however old they say they are. */
export async function ensureTopics(bootstrapServers: string, topics: readonly string[]): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  try {
    const existing = new Set((await admin.listTopics()).map(({ name }) => name))
    const missing = topics.filter((topic) => !existing.has(topic))
    if (missing.length > 0)
      await admin.createTopics(
        missing.map((name) => ({ name, partitions: 1, replicationFactor: 1, config: { 'retention.ms': '-1' } })),
      )
  } finally {
    await admin.close()
  }
}

/** Hands over what is written to a topic from an offset on, until `isEnough` says so or the signal is aborted. */
export async function follow(
  bootstrapServers: string,
  { topic, offset }: { readonly topic: string; readonly offset: number },
  interrupted: AbortSignal,
  onRecord: (record: ConsumedRecord) => void,
  isEnough: () => boolean,
): Promise<void> {
  const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
  const place = { topic, partition: 0 }
  try {
    consumer.assign([place])
    consumer.seek(place, offset)
    while (!interrupted.aborted && !isEnough())
      for (const record of eachRecord(await consumer.poll(100))) onRecord(record)
  } finally {
    await consumer.close()
  }
}
