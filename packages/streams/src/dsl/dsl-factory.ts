import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { GroupPlace, StreamPlace, TablePlace } from './inner.ts'
import type { KGroupedStream } from './grouped-stream.ts'
import type { KGroupedTable } from './grouped-table.ts'
import type { KStream } from './stream.ts'
import type { KTable } from './table.ts'
import type { TimeWindowedKStream } from './time-windowed-stream.ts'
import type { StreamAggregations } from './stream-aggregations.ts'
import type { BranchedKStream } from './branched-stream.ts'
import type { NamedOptions } from './options.ts'
import type { CogroupedKStream } from './cogrouped-stream.ts'
import type { SessionWindowedKStream } from './session-windowed-stream.ts'
import type { FixedWindows } from './windowed-aggregate.ts'
import type { SessionWindows } from './windows.ts'

/**
 * Makes the objects of the DSL. Streams lead to tables and tables to streams; by asking the builder for them their
 * modules need not import each other.
 */
export interface DslFactory {
  stream<K, V>(place: StreamPlace): KStream<K, V>
  table<K, V>(place: TablePlace): KTable<K, V>
  groupedStream<K, V>(place: GroupPlace): KGroupedStream<K, V>
  groupedTable<K, V>(place: GroupPlace): KGroupedTable<K, V>
  timeWindowed<K, V>(aggregations: StreamAggregations, windows: FixedWindows): TimeWindowedKStream<K, V>
  sessionWindowed<K, V>(aggregations: StreamAggregations, windows: SessionWindows): SessionWindowedKStream<K, V>
  cogrouped<K, A>(builder: GraphBuilder): CogroupedKStream<K, A>
  branched<K, V>(place: StreamPlace, options: NamedOptions): BranchedKStream<K, V>
}
