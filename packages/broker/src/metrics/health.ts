import type { LogDirectory } from '../log/log-directory.ts'
import { failedLogsToldMax } from '../limits.ts'

export type LifeStage = 'starting' | 'running' | 'closing'

/** Where a broker stands, for those who decide whether to send it clients. */
export class Health {
  stage: LifeStage = 'starting'
  readonly #failedCoordinators = new Map<string, string>()
  /** Undefined until it is open: a broker that recovers from a crash is starting for as long as that takes. */
  logs: LogDirectory | undefined

  /** `name`: of groups, or of transactions. */
  coordinatorFailed(name: string, error: Error): void {
    this.#failedCoordinators.set(name, error.message)
  }

  /** Why requests are not, or not all, served now; none: they are. */
  problems(): readonly string[] {
    const problems: string[] = []
    if (this.stage !== 'running') problems.push(`The broker is ${this.stage}`)
    problems.push(...this.#logProblems())
    for (const [name, message] of this.#failedCoordinators) {
      problems.push(`The coordinator of ${name} could not be loaded: ${message}`)
    }
    return problems
  }

  #logProblems(): readonly string[] {
    const { logs } = this
    if (this.stage === 'closing' || logs === undefined) return []
    const failed: string[] = []
    let count = 0
    for (const log of logs.all()) {
      if (log.failure === undefined) continue
      count += 1
      if (count <= failedLogsToldMax) failed.push(`${log.name} cannot be written: ${log.failure.message}`)
    }
    if (count > failedLogsToldMax) failed.push(`${count - failedLogsToldMax} more partitions cannot be written`)
    const problem = logs.whyNotWritable()
    return problem === undefined ? failed : [problem, ...failed]
  }
}
