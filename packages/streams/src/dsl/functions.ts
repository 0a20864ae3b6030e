/** A key and a value, as functions return them. */
export type KeyValuePair<K, V> = readonly [key: K, value: V]

export type Predicate<K, V> = (key: K, value: V) => boolean
export type ForeachAction<K, V> = (key: K, value: V) => void
export type KeyValueMapper<K, V, R> = (key: K, value: V) => R
/** The key comes second, so that most mappers need only name the value. */
export type ValueMapper<K, V, V2> = (value: V, key: K) => V2
/** Makes the result of a join of what stands on both sides; the key comes last. */
export type ValueJoiner<K, Left, Right, R> = (left: Left, right: Right, key: K) => R
/** A joiner whose types the graph does not know. */
export type AnyJoiner = (left: unknown, right: unknown, key: unknown) => unknown
/** Makes the aggregate of a key that has none yet. */
export type Initializer<A> = () => A
/** Null removes the row. The aggregate may be changed in place and returned. */
export type Aggregator<K, V, A> = (key: K, value: V, aggregate: A) => A | null
export type Reducer<V> = (aggregate: V, value: V) => V | null
/** Unites two sessions that have become one. */
export type Merger<K, A> = (key: K, left: A, right: A) => A
