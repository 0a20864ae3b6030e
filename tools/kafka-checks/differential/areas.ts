import type { Area } from './ask.ts'
import { configsArea } from './configs-area.ts'
import { groupsArea } from './groups-area.ts'
import { recordsArea } from './records-area.ts'
import { topicsArea } from './topics-area.ts'
import { transactionsArea } from './transactions-area.ts'

/** What is asked about, one after the other. */
export const areas: readonly Area[] = [topicsArea, recordsArea, transactionsArea, groupsArea, configsArea]
