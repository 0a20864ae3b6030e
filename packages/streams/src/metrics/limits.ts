/** `metrics.sample.window.ms` and `metrics.num.samples` of Kafka: averages, maxima and rates look back this far. */
export const sampleWindowMs = 30_000
export const sampleCount = 2

/** How often what was counted is put into its sample. Less often than a record, more often than a sample ends. */
export const foldIntervalMs = 1000
