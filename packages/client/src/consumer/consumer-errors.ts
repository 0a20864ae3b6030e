import { StreamwrightError } from '@streamwright/std'

/** There is no position to read from, and `auto.offset.reset` is none: seek, or commit an offset. */
export class NoOffsetError extends StreamwrightError {
  override readonly name = 'NoOffsetError'
  readonly topic: string
  readonly partition: number

  constructor(topic: string, partition: number, outOfRange: boolean) {
    const why = outOfRange ? 'its position is not in the log (any more)' : 'the group has not committed one'
    super(
      `No offset to begin with in ${topic}-${partition}: ${why}, and auto.offset.reset is none. Seek to a position`,
      {
        code: outOfRange ? 'OFFSET_OUT_OF_RANGE' : 'NO_OFFSET',
      },
    )
    this.topic = topic
    this.partition = partition
  }
}

/**
 * Offsets were not committed because the group has moved on: other members own the partitions now, and go on from the
 * last commit. Not retriable: go on polling, which joins again.
 */
export class CommitFailedError extends StreamwrightError {
  override readonly name = 'CommitFailedError'
  constructor(cause: unknown) {
    super(
      'The offsets were not committed: the group has rebalanced without this member, which was too slow to poll or lost its connection. Poll more often, or raise max.poll.interval.ms',
      {
        code: 'COMMIT_FAILED',
        cause,
      },
    )
  }
}

/**
 * A partition's new leader does not have all that was read from the one before: its log was cut off there, which takes
 * an unclean election or a disaster. Only without a reset policy; seek to go on, to `endOffset` if it is known.
 */
export class LogTruncationError extends StreamwrightError {
  override readonly name = 'LogTruncationError'
  readonly topic: string
  readonly partition: number
  /** Where the logs of the old and the new leader part. */
  readonly endOffset: number | undefined

  constructor(topic: string, partition: number, position: number, endOffset: number | undefined) {
    const cut = endOffset === undefined ? 'somewhere before' : `at offset ${endOffset}, before`
    super(
      `The log of ${topic}-${partition} was cut off ${cut} the position ${position}, and auto.offset.reset is none. Seek to a position`,
      { code: 'LOG_TRUNCATION' },
    )
    this.topic = topic
    this.partition = partition
    this.endOffset = endOffset
  }
}

/** The call does not fit what the consumer does; a mistake of the program. */
export function illegalState(message: string): StreamwrightError {
  return new StreamwrightError(message, { code: 'ILLEGAL_STATE' })
}
