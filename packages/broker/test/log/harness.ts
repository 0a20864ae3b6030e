import { environmentWith, seededRandom, silentLog } from '@streamwright/std'
import type { Environment, Timer, Timers } from '@streamwright/std'
import { LogDirectory } from '../../src/log/log-directory.ts'
import type { LogDirectoryOptions } from '../../src/log/log-directory.ts'
import type { LogSettings } from '../../src/log/log-settings.ts'
import { defaultLogSettings } from '../../src/log/log-settings.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { PartitionLog } from '../../src/log/partition-log.ts'
import { baseOffsetOf, lastOffsetOf, sizeInBytesOf } from '../../src/log/batch-header.ts'

/** A clock and timers that only move when a test says so. `afterIo` is the real one, so that promises resolve. */
export class TestTime implements Timers {
  nowMs = 1_700_000_000_000
  readonly #waiting: { dueMs: number; everyMs: number | undefined; action: () => void }[] = []

  wallMs(): number {
    return this.nowMs
  }

  monotonicMs(): number {
    return this.nowMs
  }

  after(delayMs: number, action: () => void): Timer {
    return this.#add(delayMs, undefined, action)
  }

  every(intervalMs: number, action: () => void): Timer {
    return this.#add(intervalMs, intervalMs, action)
  }

  afterIo(action: () => void): void {
    setImmediate(action)
  }

  advance(ms: number): void {
    const end = this.nowMs + ms
    for (;;) {
      const next = this.#waiting.toSorted((left, right) => left.dueMs - right.dueMs)[0]
      if (next === undefined || next.dueMs > end) break
      this.nowMs = Math.max(this.nowMs, next.dueMs)
      if (next.everyMs === undefined) this.#waiting.splice(this.#waiting.indexOf(next), 1)
      else next.dueMs += next.everyMs
      next.action()
    }
    this.nowMs = end
  }

  #add(delayMs: number, everyMs: number | undefined, action: () => void): Timer {
    const entry = { dueMs: this.nowMs + delayMs, everyMs, action }
    this.#waiting.push(entry)
    return {
      cancel: () => {
        const index = this.#waiting.indexOf(entry)
        if (index >= 0) this.#waiting.splice(index, 1)
      },
    }
  }
}

export function testEnvironment(time: TestTime = new TestTime()): Environment {
  return environmentWith({ clock: time, timers: time, random: seededRandom(1), log: silentLog })
}

export const root = '/data'
export const topicId = '50FiR1YzRC-zyoskInssLA'

export interface TestDirectoryOptions extends Partial<LogDirectoryOptions> {
  readonly settings?: Partial<LogSettings>
}

export function openDirectory(storage: MemoryStorage, options: TestDirectoryOptions = {}): Promise<LogDirectory> {
  const { settings, ...rest } = options
  return LogDirectory.open({
    path: root,
    storage,
    environment: testEnvironment(),
    settingsOf: () => ({ ...defaultLogSettings, messageTimestampAfterMaxMs: Number.MAX_VALUE, ...settings }),
    ...rest,
  })
}

/** Opens the directory again as after `kill -9`: nothing was closed. */
export function reopenKilled(storage: MemoryStorage, options: TestDirectoryOptions = {}): Promise<LogDirectory> {
  storage.releaseLocks()
  return openDirectory(storage, options)
}

/** A directory in memory with one log, `topic-0`. */
export async function newLog(
  options: TestDirectoryOptions = {},
  storage: MemoryStorage = new MemoryStorage(),
): Promise<{ storage: MemoryStorage; directory: LogDirectory; log: PartitionLog }> {
  const directory = await openDirectory(storage, options)
  return { storage, directory, log: directory.create('topic', 0, topicId) }
}

export interface FoundBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly bytes: Buffer
}

/** Takes fetched bytes apart. */
export function batchesIn(records: Buffer): readonly FoundBatch[] {
  const found: FoundBatch[] = []
  for (let at = 0; at < records.length; at += sizeInBytesOf(records, at)) {
    found.push({
      baseOffset: baseOffsetOf(records, at),
      lastOffset: lastOffsetOf(records, at),
      bytes: records.subarray(at, at + sizeInBytesOf(records, at)),
    })
  }
  return found
}

/** Everything from `offset` on, in fetches of `maxBytes`. */
export function readAll(
  log: PartitionLog,
  offset: number = log.startOffset,
  maxBytes: number = 1 << 20,
): readonly FoundBatch[] {
  const found: FoundBatch[] = []
  for (let next = offset; next < log.highWatermark;) {
    const batches = batchesIn(log.read(next, { maxBytes }).records)
    const last = batches.at(-1)
    if (last === undefined) break
    found.push(...batches)
    next = last.lastOffset + 1
  }
  return found
}
