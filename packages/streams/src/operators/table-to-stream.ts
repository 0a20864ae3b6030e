import type { Change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { StatelessOperator } from './stateless.ts'

/** `toStream`: each new value of a row as a record; the value of a deleted row is null. */
export class TableToStream<K, V> extends StatelessOperator<K, Change<V>, K, V | null> {
  process(record: Record<K, Change<V>>): void {
    const { key, value, timestamp } = record
    this.context.forward(new Record(key, value.newValue, timestamp, record.headersIfPresent?.copy()))
  }
}
