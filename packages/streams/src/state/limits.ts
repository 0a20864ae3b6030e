/**
 * What a store that is read by key and stretch of time keeps in memory of what is committed already, about. Beyond it,
 * and of sessions after a restart, keys are looked for in the engine.
 */
export const residentTimelineBytes: number = 32 * 1024 * 1024
