/** What holds for all logs of a directory and may change while they are open. */
export interface LogDirectorySettings {
  /** A producer that was silent for so long is forgotten (`producer.id.expiration.ms`). */
  readonly producerIdExpirationMs: number
  /** Compaction: how often it is looked for work (`log.cleaner.backoff.ms`). `Infinity`: never. */
  readonly cleanerBackoffMs: number
  /** Memory for the keys of a log that is compacted (`log.cleaner.dedupe.buffer.size`). */
  readonly cleanerMapBytesMax: number
  /** How much compaction reads and writes a second (`log.cleaner.io.max.bytes.per.second`). */
  readonly cleanerBytesPerSecondMax: number
}

export const logDirectoryDefaults: LogDirectorySettings = {
  producerIdExpirationMs: 24 * 60 * 60 * 1000,
  cleanerBackoffMs: 15_000,
  cleanerMapBytesMax: 128 * 1024 * 1024,
  cleanerBytesPerSecondMax: Infinity,
}
