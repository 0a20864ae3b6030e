/** Kafka's own bound on topic names, which node and store names must keep since topics are named after them. */
export const nameCharactersMax = 249

/** Kafka Streams' default for `windowstore.changelog.additional.retention.ms`: clocks may differ by a day. */
export const additionalRetentionMsDefault: number = 24 * 60 * 60 * 1000

/** Kafka Streams' own addition to the history retention, for `min.compaction.lag.ms` of versioned changelogs: one day. */
export const versionedCompactionLagMs: number = 24 * 60 * 60 * 1000
