import type { Program } from '../program.ts'
import { at, printed, record } from '../topic.ts'
import { clickAndSearchTopology, clicks, results, searches } from './topology.ts'

export const clickAndSearch: Program = {
  applicationId: 'click-and-search',
  topology: clickAndSearchTopology,
  input: [
    record(searches, 'anna', 'otter', at('10:00:00')),
    record(clicks, 'anna', 'otters.example/sea', at('10:00:20')),
    record(searches, 'ben', 'tide table', at('10:00:25')),
    record(searches, 'anna', 'sea otter', at('10:00:30')),
    record(clicks, 'anna', 'otters.example/film', at('10:00:55')),
    record(clicks, 'carla', 'a-link-she-was-sent.example', at('10:01:00')),
    // Late, but within the grace.
    record(clicks, 'ben', 'tides.example/delft', at('10:01:20')),
    record(searches, 'dina', 'kayak', at('10:01:30')),
    // A minute and the grace after the search of dina.
    record(searches, 'ben', 'tide table leiden', at('10:02:41')),
  ],
  output: [printed(results)],
  // Java's internal setting for how often closed windows are looked for, by the wall clock: with each record.
  settings: { '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__': 0 },
}
