import type { Program } from '../program.ts'
import { at, clock, printed, record } from '../topic.ts'
import { pageViews, pageViewsByRegionTopology, profiles, viewsByRegion } from './topology.ts'

export const pageViewsByRegion: Program = {
  applicationId: 'page-views-by-region',
  topology: pageViewsByRegionTopology,
  input: [
    record(profiles, 'anna', { name: 'Anna', region: 'europe' }, at('07:00')),
    record(profiles, 'ben', { name: 'Ben', region: 'asia' }, at('07:00')),
    record(pageViews, 'anna', '/', at('08:00')),
    record(pageViews, 'ben', '/', at('08:01')),
    record(pageViews, 'prober', '/health', at('08:01')),
    record(pageViews, 'anna', '/tea', at('08:02')),
    record(pageViews, 'carla', '/', at('08:03')),
    record(profiles, 'ben', { name: 'Ben', region: 'europe' }, at('08:04')),
    record(pageViews, 'ben', '/tea', at('08:04:30')),
    record(pageViews, 'anna', '/cart', at('08:05')),
    // Late, but within the grace: it still counts for the first five minutes.
    record(pageViews, 'carla', '/tea', at('08:04:59')),
    record(pageViews, 'anna', '/paid', at('08:06:30')),
    // Later than the grace: left out.
    record(pageViews, 'carla', '/cart', at('08:04:59')),
  ],
  output: [printed(viewsByRegion, (region, views) => `${clock(region.window.startMs)}  ${region.key}  ${views}`)],
}
