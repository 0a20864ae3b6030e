import type { Environment, Log, Timer, Timers } from '@streamwright/std'
import { seededRandom, silentLog, systemTimers } from '@streamwright/std'

/** An environment whose time stands still until a test moves it. */
export interface FakeEnvironment extends Environment {
  /** Moves time, calling timers in their order, and lets what they start come to rest. */
  readonly advance: (milliseconds: number) => Promise<void>
  /** Lets what is under way come to rest without moving time. */
  readonly settle: () => Promise<void>
}

interface FakeTimer {
  dueMs: number
  readonly order: number
  readonly action: () => void
  readonly intervalMs: number | undefined
}

const startMs = 1_800_000_000_000
/** Turns of the event loop given to promises, streams and file system calls. */
const settlingTurns = 8

export function fakeEnvironment(options: { readonly seed?: number; readonly log?: Log } = {}): FakeEnvironment {
  const pending = new Set<FakeTimer>()
  let nowMs = 0
  let created = 0
  const add = (delayMs: number, action: () => void, intervalMs?: number): Timer => {
    const timer: FakeTimer = { dueMs: nowMs + delayMs, order: created++, action, intervalMs }
    pending.add(timer)
    return { cancel: () => void pending.delete(timer) }
  }
  const timers: Timers = {
    after: (delayMs, action) => add(delayMs, action),
    every: (intervalMs, action) => add(intervalMs, action, intervalMs),
    afterIo: (action) => systemTimers.afterIo(action),
  }
  const next = (untilMs: number): FakeTimer | undefined => {
    const due = [...pending].filter(({ dueMs }) => dueMs <= untilMs)
    return due.toSorted((left, right) => left.dueMs - right.dueMs || left.order - right.order)[0]
  }
  const advance = async (milliseconds: number): Promise<void> => {
    const untilMs = nowMs + milliseconds
    await settle()
    for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
      nowMs = Math.max(nowMs, timer.dueMs)
      if (timer.intervalMs === undefined) pending.delete(timer)
      else timer.dueMs += timer.intervalMs
      timer.action()
      // Timers are called one after the other, each with its consequences.
      // oxlint-disable-next-line no-await-in-loop
      await settle()
    }
    nowMs = untilMs
  }
  return {
    clock: { wallMs: () => startMs + nowMs, monotonicMs: () => nowMs },
    timers,
    random: seededRandom(options.seed ?? 1),
    log: options.log ?? silentLog,
    advance,
    settle,
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < settlingTurns; turn++) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise<void>((resolve) => systemTimers.afterIo(resolve))
  }
}
