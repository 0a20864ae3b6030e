import { JoinWindows, StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

/** What a search led to: the link that was clicked, or null when none was in time. */
export interface SearchResult {
  readonly words: string
  readonly clicked: string | null
}

/** The words that a user searched for, by user. */
export const searches: Topic<string, string> = { topic: 'searches', key: serdes.string, value: serdes.string }
/** The links that a user clicked, by user. */
export const clicks: Topic<string, string> = { topic: 'clicks', key: serdes.string, value: serdes.string }
export const results: Topic<string, SearchResult> = {
  topic: 'search-results',
  key: serdes.string,
  value: serdes.json<SearchResult>(),
}

const patienceMs = 60_000
const graceMs = 10_000

/** A click belongs to every search of the same user up to a minute before it; clicks may arrive 10 seconds late. */
export function clickAndSearchTopology(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream(searches.topic, searches)
    .leftJoin(
      builder.stream(clicks.topic, clicks),
      (words, clicked): SearchResult => ({ words, clicked }),
      // The click no earlier than the search, and at most a minute later.
      JoinWindows.ofTimeDifferenceAndGrace(0, graceMs).after(patienceMs),
      { name: 'click-of-search', storeName: 'click-of-search' },
    )
    .to(results.topic, results)
  return builder.build()
}
