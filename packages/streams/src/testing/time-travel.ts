import { StreamsError } from '../errors.ts'
import type { RawRecord } from './list-source.ts'
import { recordsOf } from './recording.ts'
import type { RecordedStep, Recording } from './recording.ts'
import { TopologyTestDriver } from './topology-test-driver.ts'
import type { DefinableTopology, TopologyTestDriverOptions } from './topology-test-driver.ts'

/**
 * Runs a recorded input through a topology and stops wherever one wants, to look at the stores and at what was written
 * so far. Goes back by beginning anew, so the topology's functions must do the same each time.
 *
 * @example
 * ```ts
 * using travel = new TimeTravel(topology, driver.recording)
 * await travel.goToRecord('orders', 41)
 * travel.driver.getKeyValueStore('totals').get('ann')
 * await travel.back()
 * ```
 */
export class TimeTravel implements Disposable {
  readonly recording: Recording
  readonly #topology: DefinableTopology
  readonly #options: TopologyTestDriverOptions
  /** By topic, partition and offset, the position after the step that the record belongs to. */
  readonly #places = new Map<string, number>()
  #driver: TopologyTestDriver
  #position = 0
  /** How many records had been written before the last step. */
  #producedBefore = 0

  constructor(
    topology: DefinableTopology,
    recording: Recording,
    options: Omit<TopologyTestDriverOptions, 'startTimeMs'> = {},
  ) {
    this.recording = recording
    this.#topology = topology
    this.#options = { ...options, startTimeMs: recording.startTimeMs }
    this.#driver = new TopologyTestDriver(topology, this.#options)
    const next = new Map<string, number>()
    for (const [index, step] of recording.steps.entries()) {
      for (const { topic, partition = 0, offset: given } of recordsOf(step)) {
        const place = `${topic}-${partition}`
        const offset = given ?? next.get(place) ?? 0
        next.set(place, offset + 1)
        this.#places.set(`${place}@${offset}`, index + 1)
      }
    }
  }

  /** The driver as it is now: its stores, its metrics. Another one after each step back. */
  get driver(): TopologyTestDriver {
    return this.#driver
  }

  /** How many steps are done: from 0 to the number of steps. */
  get position(): number {
    return this.#position
  }

  /** The step that was done last; undefined at the start. */
  get lastStep(): RecordedStep | undefined {
    return this.recording.steps[this.#position - 1]
  }

  /** The step that is next; undefined at the end. */
  get nextStep(): RecordedStep | undefined {
    return this.recording.steps[this.#position]
  }

  /** Everything that was written so far, in order, internal topics included. */
  get produced(): readonly RawRecord[] {
    return this.#driver.produced
  }

  /** What the last step wrote. */
  get producedByLastStep(): readonly RawRecord[] {
    return this.produced.slice(this.#producedBefore)
  }

  /** Does the next steps, as far as there are any. Rejects, and stays before the step, when one fails. */
  async forward(steps: number = 1): Promise<void> {
    for (let left = steps; left > 0 && this.nextStep !== undefined; left--) await this.#do(this.nextStep)
  }

  /** Undoes the last steps, as far as there are any. */
  back(steps: number = 1): Promise<void> {
    return this.goTo(Math.max(0, this.#position - steps))
  }

  /** Goes to where `position` steps are done. */
  async goTo(position: number): Promise<void> {
    if (!Number.isInteger(position) || position < 0 || position > this.recording.steps.length) {
      throw new StreamsError(
        `There is no position ${position}: the recording has ${this.recording.steps.length} steps. Give a number from 0 to that`,
        { code: 'INVALID_ARGUMENT' },
      )
    }
    if (position < this.#position) this.#restart()
    await this.forward(position - this.#position)
  }

  /** Goes to where this record of the input has just been processed. Batches are processed whole. */
  async goToRecord(topic: string, offset: number, partition: number = 0): Promise<void> {
    const record = `${topic}-${partition}@${offset}`
    const position = this.#places.get(record)
    if (position === undefined) {
      throw new StreamsError(`The recording has no record ${record}. Give one of its input`, {
        code: 'UNKNOWN_RECORD',
      })
    }
    await this.goTo(position)
  }

  /** Goes on until `predicate` holds after a step. False, and at the end, when it never does. */
  async forwardUntil(predicate: (travel: this) => boolean): Promise<boolean> {
    while (this.nextStep !== undefined) {
      await this.forward()
      if (predicate(this)) return true
    }
    return false
  }

  /** Goes back until `predicate` holds after a step. False, and at the start, when it never did. */
  async backUntil(predicate: (travel: this) => boolean): Promise<boolean> {
    const before = this.#position
    let found = 0
    this.#restart()
    while (this.#position < before - 1) {
      await this.forward()
      if (predicate(this)) found = this.#position
    }
    await this.goTo(found)
    return found > 0
  }

  close(): void {
    this.#driver.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  async #do(step: RecordedStep): Promise<void> {
    const before = this.produced.length
    const done = this.#driver.replay(step)
    // Awaited only where there is something to wait for: else each step would cost a turn of the event loop.
    if (done !== undefined) await done
    this.#producedBefore = before
    this.#position += 1
  }

  #restart(): void {
    this.#driver.close()
    this.#driver = new TopologyTestDriver(this.#topology, this.#options)
    this.#position = 0
    this.#producedBefore = 0
  }
}
