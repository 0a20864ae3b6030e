import type { Serialized } from '@streamwright/formats'

/** An uncommitted write: the live value for reads, and the bytes that went to the changelog for the engine. */
export interface OverlayWrite<T> {
  readonly live: T | null
  readonly serialized: Serialized | null
  readonly timestamp: number
}

/** Rough cost of one uncommitted write beside its bytes: map entry, objects, strings. */
const writeOverheadBytes = 128

export function overlayBytes(mapKey: string, serialized: Serialized | null): number {
  return writeOverheadBytes + mapKey.length + (serialized?.length ?? 0)
}
