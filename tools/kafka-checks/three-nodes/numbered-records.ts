import type { Producer } from '@streamwright/client'
import { Consumer, eachRecord } from '@streamwright/client'
import { setTimeout as sleep } from 'node:timers/promises'

/** Partitions of the topics of these checks. */
export const partitions = 6

const pauseMs = 100

/** Writes numbers from 0 on, by turns to all partitions, at a steady rate. Rejects when one could not be written. */
export async function writeNumbers(
  producer: Producer,
  topic: string,
  { count, perSecond }: { readonly count: number; readonly perSecond: number },
): Promise<void> {
  const perTurn = Math.ceil((perSecond * pauseMs) / 1_000)
  const startMs = performance.now()
  for (let next = 0, turn = 1; next < count; turn++) {
    for (const end = Math.min(count, next + perTurn); next < end; next++) {
      if (producer.isFull) await producer.drained()
      producer.append(topic, next % partitions, Date.now(), null, String(next))
    }
    if (producer.failure !== undefined) throw producer.failure
    await sleep(Math.max(0, startMs + turn * pauseMs - performance.now()))
  }
  await producer.flush()
  if (producer.failure !== undefined) throw producer.failure
}

/** Reads a topic from its begin, and asks that each number is there once, in order in its partition. */
export async function checkNumbers(bootstrapServers: string, topic: string, count: number): Promise<void> {
  const consumer = new Consumer({ bootstrapServers, isolationLevel: 'read_committed', enableAutoCommit: false })
  const places = Array.from({ length: partitions }, (_none, partition) => ({ topic, partition }))
  const next = places.map(({ partition }) => partition)
  consumer.assign(places)
  for (const place of places) consumer.seek(place, 0)
  try {
    const ends = await consumer.endOffsets(places)
    let seen = 0
    for (let isOpen = true; isOpen;) {
      for (const { partition, offset, value } of eachRecord(await consumer.poll(500))) {
        const number = Number(value?.toString())
        if (number !== next[partition])
          throw new Error(
            `${topic}-${partition} has ${number} at offset ${offset} where ${next[partition]} was to come`,
          )
        next[partition] = number + partitions
        seen += 1
      }
      isOpen = false
      for (const place of places) {
        const end = ends.get(`${topic}-${place.partition}`) ?? 0
        if ((await consumer.position(place)) < end) isOpen = true
      }
    }
    if (seen !== count) throw new Error(`${topic} has ${seen} records of ${count}`)
  } finally {
    await consumer.close()
  }
}
