export interface Timer {
  /** Stops the timer; harmless when it has fired or was cancelled before. */
  cancel(): void
}

/** Where waiting comes from. Nothing outside `std` calls `setTimeout`, so that time can be driven by a test. */
export interface Timers {
  /** Calls `action` once, `delayMs` from now. `background` timers do not keep the process alive. */
  after(delayMs: number, action: () => void, options?: { readonly background?: boolean }): Timer
  /** Calls `action` every `intervalMs` until cancelled. */
  every(intervalMs: number, action: () => void, options?: { readonly background?: boolean }): Timer
  /** Calls `action` after pending I/O has been served: the way a busy loop lets heartbeats run. */
  afterIo(action: () => void): void
}

export const systemTimers: Timers = {
  after(delayMs, action, options) {
    const handle = setTimeout(action, delayMs)
    if (options?.background === true) handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
  every(intervalMs, action, options) {
    const handle = setInterval(action, intervalMs)
    if (options?.background === true) handle.unref()
    return { cancel: () => clearInterval(handle) }
  },
  afterIo(action) {
    setImmediate(action)
  },
}

/** Resolves after `delayMs`; rejects with the signal's reason when it is aborted before. */
export function delay(timers: Timers, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason)
    const aborted = (): void => {
      timer.cancel()
      reject(signal?.reason)
    }
    const timer = timers.after(delayMs, () => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    })
    signal?.addEventListener('abort', aborted, { once: true })
  })
}
