import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessingContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { ValueAndTimestamp } from '../state/store.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'
import type { RowReader, TableView } from './table-view.ts'
import { unversioned } from './table-view.ts'

/** Which rows of which side have a result without a row on the other side. */
export type TableJoinKind = 'inner' | 'left' | 'outer'

/** `own` is the value of this side, `other` that of the other one; one of them may be missing in outer joins. */
export type SideJoiner<K, Own, Other, Result> = (key: K, own: Own | null, other: Other | null) => Result | null

export interface TableJoinSideOptions<K, Own, Other, Result> {
  readonly other: TableView<K, Other>
  readonly joiner: SideJoiner<K, Own, Other, Result>
  /** A row of this side has a result although the other side has none. */
  readonly resultsAlone: boolean
  /** A row of the other side has a result although this side has none. */
  readonly otherResultsAlone: boolean
  readonly sendOldValues: boolean
  /** Rows of this side are versioned: late updates do not change the present, which is what is joined. */
  readonly ignoresLate: boolean
}

/** One side of a join of two tables: what a change of its rows does to the result. Java: `KTableKTableInnerJoin` … */
export class TableJoinSide<K, Own, Other, Result> implements Processor<K, Change<Own>, K, Change<Result>> {
  readonly #options: TableJoinSideOptions<K, Own, Other, Result>
  #context!: OperatorContext<K, Change<Result>>
  #other!: RowReader<K, Other>

  constructor(options: TableJoinSideOptions<K, Own, Other, Result>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<Result>>): void {
    this.#context = operatorContext(context)
    this.#other = this.#options.other.open(context)
  }

  process(record: Record<K, Change<Own>>): void {
    const { key, value } = record
    if (key === null) return this.#context.recordDropped('null key')
    if (this.#options.ignoresLate && !value.isLatest)
      return this.#context.recordDropped('late update of versioned rows')
    const other = this.#other.get(key)
    if (other === null && !this.#hasResultAlone(value)) return
    const timestamp = other === null ? record.timestamp : Math.max(record.timestamp, other.timestamp)
    const otherValue = other === null ? null : other.value
    const next = this.#join(key, value.newValue, otherValue)
    const old = this.#options.sendOldValues ? this.#join(key, value.oldValue, otherValue) : null
    const result = change(next, old, value.isLatest)
    this.#context.forward(new Record(key, result, timestamp, record.headersIfPresent?.copy()))
  }

  close(): void {
    this.#other.close?.()
  }

  #hasResultAlone({ newValue, oldValue }: Change<Own>): boolean {
    return this.#options.resultsAlone && (newValue !== null || oldValue !== null)
  }

  #join(key: K, own: Own | null, other: Other | null): Result | null {
    if (own === null && (other === null || !this.#options.otherResultsAlone)) return null
    return this.#options.joiner(key, own, other)
  }
}

/** The rows of a join that does not keep them, made anew from both sides. */
export function joinView<K, Left, Right, Result>(
  kind: TableJoinKind,
  left: TableView<K, Left>,
  right: TableView<K, Right>,
  joiner: SideJoiner<K, Left, Right, Result>,
): TableView<K, Result> {
  return {
    storeNames: [...new Set([...left.storeNames, ...right.storeNames])],
    open(context: ProcessingContext): RowReader<K, Result> {
      const leftRows = left.open(context)
      const rightRows = right.open(context)
      return unversioned(
        (key) => {
          const own = leftRows.get(key)
          if (own === null && kind !== 'outer') return null
          const other = rightRows.get(key)
          if (other === null && (kind === 'inner' || own === null)) return null
          return joined(key, own, other, joiner)
        },
        () => {
          leftRows.close?.()
          rightRows.close?.()
        },
      )
    },
  }
}

function joined<K, Left, Right, Result>(
  key: K,
  left: ValueAndTimestamp<Left> | null,
  right: ValueAndTimestamp<Right> | null,
  joiner: SideJoiner<K, Left, Right, Result>,
): ValueAndTimestamp<Result> | null {
  const value = joiner(key, left?.value ?? null, right?.value ?? null)
  return value === null ? null : { value, timestamp: Math.max(left?.timestamp ?? -1, right?.timestamp ?? -1) }
}
