import { SessionWindows, StreamsBuilder, Suppressed, serdes } from '@streamwright/streams'
import type { Topology, Windowed } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

/** The pages that a user looked at, by user. */
export const pageViews: Topic<string, string> = { topic: 'page-views', key: serdes.string, value: serdes.string }
/** The pages of each visit, in the order in which they were reported. */
export const visits: Topic<Windowed<string>, readonly string[]> = {
  topic: 'visits',
  key: serdes.sessionWindowed(serdes.string),
  value: serdes.json<readonly string[]>(),
}

const inactivityGapMs = 30 * 60_000
const graceMs = 5 * 60_000

/** A visit ends when a user has looked at nothing for half an hour; each is told once, when nothing can change it. */
export function sessionsTopology(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream(pageViews.topic, pageViews)
    .groupByKey()
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(inactivityGapMs, graceMs))
    .aggregate<readonly string[]>(
      () => [],
      (_user, page, pages) => [...pages, page],
      // A late view has closed the gap between two visits.
      (_user, earlier, later) => [...earlier, ...later],
      { name: 'visits', store: 'visits', value: visits.value },
    )
    .suppress(Suppressed.untilWindowCloses({ name: 'ended-visits', maxRecords: 100_000 }))
    .toStream()
    .to(visits.topic, visits)
  return builder.build()
}
