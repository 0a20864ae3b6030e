import type { Serde, Serdes } from '@streamwright/formats'
import type { TimeWindowedOptions, WindowedSerde } from './windowed.ts'
import { serdes as plainSerdes } from '@streamwright/formats'
import { sessionWindowedSerde, timeWindowedSerde } from './windowed.ts'

/** The serdes of `@streamwright/formats`, and those for keys of windowed tables. */
export interface StreamsSerdes extends Serdes {
  /** `sizeMs`: size of the windows, which the bytes do not tell; who only writes may leave it out. */
  readonly timeWindowed: <K>(inner: Serde<K>, sizeMs?: number, options?: TimeWindowedOptions) => WindowedSerde<K>
  readonly sessionWindowed: <K>(inner: Serde<K>) => WindowedSerde<K>
}

export const serdes: StreamsSerdes = {
  ...plainSerdes,
  timeWindowed: timeWindowedSerde,
  sessionWindowed: sessionWindowedSerde,
}
