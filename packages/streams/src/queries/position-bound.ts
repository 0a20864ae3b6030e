import type { Position } from './position.ts'

/**
 * How far a store must have come at least to answer: what `position` says of the store's own partition. Take the
 * position of a former result to read what it has seen, or later. Java: `PositionBound`.
 */
export class PositionBound {
  /** Undefined bounds nothing. */
  readonly position: Position | undefined

  private constructor(position: Position | undefined) {
    this.position = position
  }

  static unbounded(): PositionBound {
    return new PositionBound(undefined)
  }

  static at(position: Position): PositionBound {
    return new PositionBound(position)
  }

  get isUnbounded(): boolean {
    return this.position === undefined || this.position.isEmpty
  }

  /** Whether a store of this partition that has come so far may answer. */
  isReachedBy(current: Position, partition: number): boolean {
    if (this.position === undefined) return true
    for (const { topic, partition: bounded, offset } of this.position.components()) {
      // Records of the other partitions go to other tasks.
      if (bounded === partition && (current.partitionPositions(topic).get(partition) ?? -1) < offset) return false
    }
    return true
  }

  toString(): string {
    return this.position === undefined ? 'unbounded' : String(this.position)
  }
}
