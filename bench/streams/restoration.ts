import type { RestoreListener } from '@streamwright/streams'
import { cpuSeconds, residentKb } from '../process-figures.ts'
import { round } from './measurement.ts'

/** Measures a restoration from the first record of a changelog to the last. */
export class Restoration {
  #startMs = 0
  #endMs = 0
  #startCpu = 0
  #endCpu = 0
  #records = 0

  readonly listener: RestoreListener = {
    onRestoreStart: () => {
      this.#startMs = performance.now()
      this.#startCpu = cpuSeconds('self')
    },
    onRestoreEnd: (_place, _store, records) => {
      this.#endMs = performance.now()
      this.#endCpu = cpuSeconds('self')
      this.#records += records
    },
  }

  /** To be asked when the application runs. Names of the fields are those of the harness for Java. */
  figures(): Record<string, number> {
    if (this.#records === 0) throw new Error('Nothing was restored')
    const seconds = (this.#endMs - this.#startMs) / 1000
    return {
      records: this.#records,
      restore_s: round(seconds, 3),
      rate: Math.round(this.#records / seconds),
      app_cpu_s: round(this.#endCpu - this.#startCpu, 2),
      rss_mb: Math.round(residentKb().now / 1024),
    }
  }
}
