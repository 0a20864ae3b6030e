import type { TopicPartitions } from '../topic-partitions.ts'
import type { AssignorInput } from './assignor.ts'
import { assignUniformAlike } from './uniform-alike.ts'
import { assignUniformMixed } from './uniform-mixed.ts'

/** Everybody gets equally many partitions, and as many as possible of those that it had. */
export function assignUniform(input: AssignorInput): ReadonlyMap<string, TopicPartitions> {
  return input.isHomogeneous ? assignUniformAlike(input) : assignUniformMixed(input)
}
