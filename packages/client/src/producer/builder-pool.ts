import { RecordBatchBuilder } from '@streamwright/protocol'
import { pooledBuildersMax } from '../limits.ts'
import type { ProducerSettings } from './producer-settings.ts'

/** Builders of batches, each with memory for one: kept for the next batches when theirs is done. */
export class BuilderPool {
  readonly #settings: ProducerSettings
  readonly #builders: RecordBatchBuilder[] = []

  constructor(settings: ProducerSettings) {
    this.#settings = settings
  }

  take(): RecordBatchBuilder {
    return this.#builders.pop() ?? this.create()
  }

  create(): RecordBatchBuilder {
    const { batchSize, compression, compressionLevel } = this.#settings
    const level = compressionLevel === undefined ? {} : { compressionLevel }
    return new RecordBatchBuilder({ compression, ...level, initialCapacity: batchSize + (batchSize >> 3) + 512 })
  }

  giveBack(builder: RecordBatchBuilder): void {
    if (this.#builders.length >= pooledBuildersMax) return
    builder.reset()
    this.#builders.push(builder)
  }
}
