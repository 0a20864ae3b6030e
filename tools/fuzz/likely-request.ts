import type { Random } from '@streamwright/std'
import { RecordBatchBuilder } from '@streamwright/protocol'
import type { TestedMessage } from '../../packages/protocol/test/every-message.ts'
import { randomMessage } from '../../packages/protocol/test/random-message.ts'

/** Names that meet one another, so that requests find what earlier ones have made. */
export const names: readonly string[] = [
  'topic',
  'other',
  'compacted',
  'group',
  'id',
  'member',
  'consumer',
  'range',
  'uniform',
  '0',
  '1',
  '*',
  '',
  '__consumer_offsets',
  '__transaction_state',
  'cleanup.policy',
  'retention.ms',
  'compact',
  'User:anonymous',
]

/** A message with fields as the definition has them: by turns garbage and what a client might say. */
export function likelyRequest(
  { fields, maxVersion }: TestedMessage,
  version: number,
  topicIds: readonly string[],
  random: Random,
): Record<string, unknown> {
  const message = randomMessage(fields, maxVersion, version, random)
  return likely(message, topicIds, random) as Record<string, unknown>
}

function likely(value: unknown, topicIds: readonly string[], random: Random, name = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => likely(element, topicIds, random, name))
  if (value instanceof Uint8Array) return /records/i.test(name) ? batch(random) : value
  if (typeof value === 'number' || typeof value === 'bigint') return likelyNumber(name, value, random)
  if (typeof value === 'string') return likelyText(value, topicIds, random)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, member]) => [field, likely(member, topicIds, random, field)]),
  )
}

/** The form of UUIDs, which no other random text has. */
const uuid = /^[\w-]{22}$/

function likelyText(text: string, topicIds: readonly string[], random: Random): string {
  if (random.below(8) === 0) return text
  const choice = uuid.test(text) ? topicIds : names
  return choice[random.below(choice.length)] ?? text
}

/** What must not grow at random: a broker holds what it is asked to hold. */
const counted = /^(?:numPartitions|count|replicationFactor)$/

function likelyNumber(name: string, value: number | bigint, random: Random): number | bigint {
  if (counted.test(name)) return random.below(5) - 1
  if (typeof value === 'bigint') return random.below(2) === 0 ? value : BigInt(random.below(4) - 1)
  // -1 says `none` in many fields, and does not go into unsigned ones, which are never negative at random.
  return random.below(3) === 0 ? value : value < 0 ? -1 : random.below(4)
}

function batch(random: Random): Buffer {
  const isTransactional = random.below(3) === 0
  const compression = (['none', 'none', 'gzip', 'lz4', 'zstd', 'snappy'] as const)[random.below(6)] ?? 'none'
  const builder = new RecordBatchBuilder({ compression })
  for (let count = random.below(4); count >= 0; count--)
    builder.append(
      random.below(2) === 0 ? 1_800_000_000_000 : random.below(1e9),
      random.bytes(2),
      random.bytes(random.below(50)),
    )
  return builder.build(
    random.below(2) === 0
      ? {}
      : {
          producerId: random.below(5),
          producerEpoch: random.below(3),
          baseSequence: random.below(5),
          transactional: isTransactional,
        },
  )
}
