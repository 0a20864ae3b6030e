/**
 * What a store that is read by key and stretch of time keeps in memory of what is committed already, about. Beyond it,
 * and of sessions after a restart, keys are looked for in the engine.
 */
export const residentTimelineBytes: number = 32 * 1024 * 1024

/**
 * Live values of clean rows that a large record cache keeps for a store that reads rows from bytes as well. They are read
 * in 50 ns as long as they fit into the caches of the processor; among 100,000 that takes 0.7 us, and bytes 0.5.
 */
export const liveRowsMax = 16_384

/** Memory of rows outside the heap comes in pieces: small ones for small stores, at most so large that moving what one holds is quick. */
export const arenaChunkBytesMin = 4096
export const arenaChunkBytesMax: number = 1024 * 1024
