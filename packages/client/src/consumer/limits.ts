/** Every bound of the consumer, with its reason. Bounds that a user may move are settings instead. */

/**
 * How long a fetch may wait at the broker while some partition is left out of it because enough of its data waits here.
 * A broker answers one fetch of a connection at a time, so a long wait would keep that partition waiting when its data
 * is used up. Doubles with each fetch in a row, up to `fetch.max.wait.ms`.
 */
export const shortFetchWaitMs = 10

/** A poll that has always had data lets the event loop serve sockets and timers at least this often. */
export const yieldIntervalMs = 10

/** The longest time a poll waits at once: timers that are due in between are looked at then. */
export const pollSliceMs = 100

/** Beyond the rebalance time-out a coordinator still needs a moment to answer. */
export const joinGraceMs = 5_000

/** How long `close` takes at most, unless told otherwise. As Java's. */
export const closeTimeoutMs = 30_000

/** How long `close` waits for brokers to hear that a fetch session ends; they forget it by themselves, too. */
export const sessionCloseTimeoutMs = 500

/** The last epoch of a fetch session; after it comes 1. */
export const fetchSessionEpochMax = 0x7fff_ffff
