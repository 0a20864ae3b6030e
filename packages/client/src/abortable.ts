/** What every call takes that waits. */
export interface WaitOptions {
  /** Ends the wait: the call rejects with the signal's reason. What was asked of brokers may still happen. */
  readonly signal?: AbortSignal
}

/** Resolves as `work` does, or rejects when the signal is aborted before; `work` then goes on unheard. */
export function abortable<T>({ signal }: WaitOptions, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) return work()
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason)
    signal.addEventListener('abort', aborted, { once: true })
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', aborted))
  })
}
