import type { Log } from '@streamwright/std'
import { InterceptorChain } from '../interceptor-chain.ts'
import type { OnAcknowledged } from './producer-batch.ts'
import type { ProducerRecord, RecordMetadata } from './producer-record.ts'

/**
 * Stands between the application and its producer. What it throws is logged and changes nothing. Java:
 * `ProducerInterceptor`.
 */
export interface ProducerInterceptor {
  /** Before a partition is chosen. Returns the record to write in place of it, or nothing to leave it as it is. */
  onSend?(record: ProducerRecord): ProducerRecord | undefined
  /** Written, or not: then with the error, and −1 where the partition or the offset is not known. */
  onAcknowledgement?(metadata: RecordMetadata, error: Error | undefined): void
  close?(): void
}

/** The interceptors of one producer. */
export class ProducerInterceptors {
  readonly #chain: InterceptorChain<ProducerInterceptor>

  constructor(interceptors: readonly ProducerInterceptor[], log: Log) {
    this.#chain = new InterceptorChain(interceptors, log)
  }

  sending(record: ProducerRecord): ProducerRecord {
    return this.#chain.pass(record, (interceptor, current) => interceptor.onSend?.(current))
  }

  /** A callback that tells them, and then `next`. */
  acknowledging(topic: string, timestamp: number, next: OnAcknowledged): OnAcknowledged {
    return (error, partition, baseOffset, indexInBatch, logAppendTimeMs) => {
      const metadata = {
        topic,
        partition,
        offset: baseOffset < 0 ? -1 : baseOffset + indexInBatch,
        timestamp: logAppendTimeMs < 0 ? timestamp : logAppendTimeMs,
      }
      this.#chain.tell((interceptor) => interceptor.onAcknowledgement?.(metadata, error ?? undefined))
      next(error, partition, baseOffset, indexInBatch, logAppendTimeMs)
    }
  }

  close(): void {
    this.#chain.close()
  }
}
