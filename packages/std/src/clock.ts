/** Where time comes from. Only the system clock below touches `Date`; tests and simulation bring their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. May jump. */
  wallMs(): number
  /** Milliseconds since an arbitrary start, with fractions. Never goes back: use it for durations and deadlines. */
  monotonicMs(): number
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
}
