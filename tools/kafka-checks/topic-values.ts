import type { ConsumedRecord } from '@streamwright/client'
import { Consumer, eachRecord } from '@streamwright/client'

const valueOf = ({ value }: ConsumedRecord): string => value?.toString() ?? ''

/** What is committed in a topic by now, each partition from its beginning to its end; `textOf`: of a record. */
export async function committedValues(
  bootstrapServers: string,
  topic: string,
  partitions: number,
  textOf: (record: ConsumedRecord) => string = valueOf,
): Promise<string[][]> {
  const consumer = new Consumer({ bootstrapServers, isolationLevel: 'read_committed', enableAutoCommit: false })
  const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
  const values: string[][] = places.map(() => [])
  try {
    consumer.assign(places)
    const ends = await consumer.endOffsets(places)
    await consumer.seekToBeginning(places)
    for (;;) {
      for (const record of eachRecord(await consumer.poll(50))) values[record.partition]?.push(textOf(record))
      const positions = await Promise.all(places.map((place) => consumer.position(place)))
      if (positions.every((position, index) => position >= (ends.get(`${topic}-${index}`) ?? 0))) return values
    }
  } finally {
    await consumer.close()
  }
}
