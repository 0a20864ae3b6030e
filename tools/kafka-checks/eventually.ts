import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 10_000

/** Tries again while it throws: a broker hears of what its controller has done a little later than who asked for it. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(20)
    }
  }
}
