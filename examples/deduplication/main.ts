import type { Program } from '../program.ts'
import { at, printed, record } from '../topic.ts'
import { deduplicationTopology, distinctReadings, readings } from './topology.ts'

export const deduplication: Program = {
  applicationId: 'deduplication',
  topology: deduplicationTopology,
  input: [
    record(readings, 'roof', { id: 'r1', celsius: 3.5 }, at('06:00')),
    record(readings, 'cellar', { id: 'r1', celsius: 11 }, at('06:00')),
    record(readings, 'roof', { id: 'r1', celsius: 3.5 }, at('06:02')),
    record(readings, 'roof', { id: 'r2', celsius: 3.4 }, at('06:05')),
    record(readings, 'cellar', { id: 'r1', celsius: 11 }, at('06:09')),
    // More than ten minutes after it was seen first: no longer known.
    record(readings, 'roof', { id: 'r1', celsius: 3.5 }, at('06:20')),
  ],
  output: [printed(distinctReadings)],
}
