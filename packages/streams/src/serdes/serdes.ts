import type { Serde, Serdes } from '@streamwright/formats'
import type { TimeWindowedOptions, WindowSize, WindowedSerde } from './windowed.ts'
import { serdes as plainSerdes } from '@streamwright/formats'
import { sessionWindowedSerde, timeWindowedSerde } from './windowed.ts'

/** The serdes of `@streamwright/formats`, and those for keys of windowed tables. */
export interface StreamsSerdes extends Serdes {
  /**
   * `size`: of the windows, in milliseconds, which the bytes do not tell; or settings with `window.size.ms`. Who only writes
   * may leave it out.
   */
  readonly timeWindowed: <K>(inner: Serde<K>, size?: WindowSize, options?: TimeWindowedOptions) => WindowedSerde<K>
  readonly sessionWindowed: <K>(inner: Serde<K>) => WindowedSerde<K>
}

export const serdes: StreamsSerdes = {
  ...plainSerdes,
  timeWindowed: timeWindowedSerde,
  sessionWindowed: sessionWindowedSerde,
}
