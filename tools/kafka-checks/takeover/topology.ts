import type { KStream, StreamsBuilder, Windowed } from '@streamwright/streams'

/** Records as text: `key=value @ms`, before it the side where there are several, behind it a header. */
export type RecordText = string

/** Records for the first, the second and the third program. */
export type Turns = readonly [readonly RecordText[], readonly RecordText[], readonly RecordText[]]

/** A topology that is in Java what it is here, under the same name; what three programs in turn get, and find. */
export interface TakeoverTopology {
  readonly name: string
  readonly build: (inputs: Inputs) => KStream<string, string>
  /** Partitions of the topics of its sides. Default: one each. What is found in one turn then has no order. */
  readonly partitions?: Readonly<Record<string, number>>
  /** Records that are there before each program starts: rows that a global table has from the beginning. */
  readonly before?: Turns
  /** Records that come one after the other, each when the one before is done with. */
  readonly sends: Turns
  /** What each program finds, with nothing to go on from than what the others have left in the changelogs. */
  readonly finds: Turns
  /** Where Java loses what it has restored: what is found when ours takes part. */
  readonly findsUnlikeJava?: Readonly<Record<'ours-java-ours' | 'java-ours-java', Turns>>
}

type TextBuilder = StreamsBuilder<string, string>

/** What a topology reads: a topic with its own name, or one for each of its sides. */
export class Inputs {
  readonly builder: TextBuilder
  readonly name: string

  constructor(builder: TextBuilder, name: string) {
    this.builder = builder
    this.name = name
  }

  stream(side?: string): KStream<string, string> {
    return this.builder.stream(side === undefined ? this.name : this.topic(side))
  }

  topic(side: string): string {
    return `${this.name}-${side}`
  }
}

export const minuteMs = 60_000

/** A key in a window, whose bounds are told within the minute. */
export function windowText({ key, window }: Windowed<string>): string {
  return `${key}@${window.startMs % minuteMs}-${window.endMs % minuteMs}`
}
