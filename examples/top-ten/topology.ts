import { StreamsBuilder, Suppressed, TimeWindows, Windowed, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

export interface Views {
  readonly article: string
  readonly views: number
}

const hourMs = 60 * 60_000
const graceMs = 60_000
const places = 10
const everyone = 'all'

/** The articles that were read, by reader. */
export const reads: Topic<string, string> = { topic: 'article-reads', key: serdes.string, value: serdes.string }
/** The most read articles of each hour, the most read first. */
export const topTen: Topic<Windowed<string>, readonly Views[]> = {
  topic: 'top-ten-articles',
  key: serdes.timeWindowed(serdes.string, hourMs),
  value: serdes.json<readonly Views[]>(),
}

/**
 * Counts the reads of each article and hour, then ranks the counts of each hour.
 *
 * A ranking is an aggregation of a table: when a count changes, the row that it was is taken out of its ranking before
 * the new one is put in. So a ranking never holds an article twice, whatever comes late.
 */
export function topTenTopology(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream(reads.topic, reads)
    .groupBy((_reader, article) => article, { name: 'reads-by-article', key: serdes.string })
    .windowedBy(TimeWindows.ofSizeAndGrace(hourMs, graceMs))
    .count({ name: 'views-per-hour', store: 'views-per-hour' })
    .groupBy(
      (article, views): [Windowed<string>, Views] => [
        new Windowed(everyone, article.window),
        { article: article.key, views },
      ],
      { name: 'views-by-hour', key: topTen.key, value: serdes.json<Views>() },
    )
    .aggregate<readonly Views[]>(
      () => [],
      (_hour, row, ranking) => [...ranking, row].toSorted(byViews),
      (_hour, row, ranking) => ranking.filter(({ article }) => article !== row.article),
      { name: 'ranking', store: 'ranking', value: topTen.value },
    )
    .suppress(Suppressed.untilWindowCloses({ name: 'final-ranking' }))
    .toStream()
    .mapValues((ranking): readonly Views[] => ranking.slice(0, places), { name: 'best' })
    .to(topTen.topic, topTen)
  return builder.build()
}

function byViews(a: Views, b: Views): number {
  return b.views - a.views || (a.article < b.article ? -1 : 1)
}
