/** What travels on the edges between tables: the new value of a key, and the one before it where somebody asked. */
export interface Change<V> {
  readonly newValue: V | null
  readonly oldValue: V | null
  /** False for an out-of-order update of a versioned table. */
  readonly isLatest: boolean
}

export function change<V>(newValue: V | null, oldValue: V | null, isLatest = true): Change<V> {
  return { newValue, oldValue, isLatest }
}
