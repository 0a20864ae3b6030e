import { seededRandom } from '@streamwright/std'
import { at, record } from '../topic.ts'
import type { InputRecord } from '../topic.ts'
import { reads } from './topology.ts'

const articles = ['otters', 'tides', 'kayaks', 'herons', 'dikes', 'eels', 'mussels', 'mills', 'reed', 'peat', 'storks']
const readers = 40
const longestPauseMs = 60_000

/** Reads from nine o'clock on, about two a minute; the same seed gives the same reads. The first articles are read most. */
export function* articleReads(seed: number, count: number): Generator<InputRecord> {
  const random = seededRandom(seed)
  let timestamp = at('09:00')
  for (let read = 0; read < count; read++) {
    timestamp += random.below(longestPauseMs)
    const article = articles[random.below(1 + random.below(articles.length))] ?? ''
    yield record(reads, `reader-${random.below(readers)}`, article, timestamp)
  }
}
