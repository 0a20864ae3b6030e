import type { Area } from './ask.ts'
import { recordsArea } from './records-area.ts'
import { topicsArea } from './topics-area.ts'

/** What is asked about, one after the other. */
export const areas: readonly Area[] = [topicsArea, recordsArea]
