import type { Program } from '../program.ts'
import { at, clock, printed, record } from '../topic.ts'
import { pageViews, sessionsTopology, visits } from './topology.ts'

export const sessions: Program = {
  applicationId: 'sessions',
  topology: sessionsTopology,
  input: [
    record(pageViews, 'anna', '/', at('09:00')),
    record(pageViews, 'anna', '/tea', at('09:10')),
    record(pageViews, 'ben', '/', at('09:15')),
    record(pageViews, 'ben', '/kayaks', at('09:48')),
    // Ben was offline: his phone reports this one late, and his two visits become one.
    record(pageViews, 'ben', '/kayaks/red', at('09:30')),
    record(pageViews, 'anna', '/cart', at('10:00')),
    record(pageViews, 'carla', '/', at('11:00')),
  ],
  output: [
    printed(visits, (visit, pages) => {
      const { startMs, endMs } = visit.window
      return `${visit.key}  ${clock(startMs)} to ${clock(endMs)}  ${pages?.join(' ')}`
    }),
  ],
}
