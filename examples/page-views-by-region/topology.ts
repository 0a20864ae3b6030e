import { StreamsBuilder, TimeWindows, serdes } from '@streamwright/streams'
import type { Topology, Windowed } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

export interface Profile {
  readonly name: string
  readonly region: string
}

const windowMs = 5 * 60_000
const graceMs = 60_000

/** The pages that users looked at, by user. */
export const pageViews: Topic<string, string> = {
  topic: 'page-views-by-user',
  key: serdes.string,
  value: serdes.string,
}
/** By user, too. */
export const profiles: Topic<string, Profile> = {
  topic: 'user-profiles',
  key: serdes.string,
  value: serdes.json<Profile>(),
}
export const viewsByRegion: Topic<Windowed<string>, number> = {
  topic: 'views-by-region',
  key: serdes.timeWindowed(serdes.string, windowMs),
  value: serdes.long,
}

/** Counts page views by the region where the user lives at the time, for each five minutes. */
export function pageViewsByRegionTopology(): Topology {
  const builder = new StreamsBuilder()
  const regions = builder.table(profiles.topic, profiles).mapValues(({ region }) => region, { name: 'region-of-user' })
  builder
    .stream(pageViews.topic, pageViews)
    .leftJoin(regions, (page, region) => ({ page, region: region ?? 'unknown' }), { name: 'view-with-region' })
    .filterNot((_user, { page }) => page.startsWith('/health'), { name: 'people-only' })
    .groupBy((_user, { region }) => region, {
      name: 'views-by-region',
      key: serdes.string,
      value: serdes.json<{ page: string; region: string }>(),
    })
    .windowedBy(TimeWindows.ofSizeAndGrace(windowMs, graceMs))
    .count({ name: 'count-views', store: 'views-by-region' })
    .toStream()
    .to(viewsByRegion.topic, viewsByRegion)
  return builder.build()
}
