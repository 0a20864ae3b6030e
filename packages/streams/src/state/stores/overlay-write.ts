import type { Serialized } from '@streamwright/formats'

/** An uncommitted write: the live value for reads, and the bytes that went to the changelog for the engine. */
export interface OverlayWrite<T> {
  readonly live: T | null
  readonly serialized: Serialized | null
  readonly timestamp: number
}

/** What one uncommitted write with its live value takes beside its bytes, measured: map entry, objects, strings. */
const writeOverheadBytes = 400

export function overlayBytes(mapKey: string, serialized: Serialized | null): number {
  return writeOverheadBytes + mapKey.length + (serialized?.length ?? 0)
}
