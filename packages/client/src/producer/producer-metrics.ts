/** What a producer has done since it was made. */
export interface ProducerMetrics {
  /** Acknowledged, or sent where `acks=0`. */
  readonly records: number
  /** Of batches as sent, with retries. */
  readonly bytes: number
  /** Sent, with retries. */
  readonly batches: number
  readonly requests: number
  readonly retries: number
  /** Batches that were too large and went in parts. */
  readonly splits: number
  /** Records that could not be delivered. */
  readonly failedRecords: number
  readonly bufferedBytes: number
}

export type ProducerCounters = { -readonly [Name in keyof Omit<ProducerMetrics, 'bufferedBytes'>]: number }

export function newCounters(): ProducerCounters {
  return { records: 0, bytes: 0, batches: 0, requests: 0, retries: 0, splits: 0, failedRecords: 0 }
}
